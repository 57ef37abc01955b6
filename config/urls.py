"""The URL tree: what machines ask, each integration that is on, and the core.

An integration has few beginnings of addresses, and one that machines call all the time.
"""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("config.watch.urls")),
    *(path("", include(f"{integration}.urls")) for integration in settings.INTEGRATIONS),
    path("", include("okr.api.urls")),
    path("", include("okr.scim.urls")),
    path("", include("okr.urls")),
]
handler403 = "okr.views.errors.refused"
handler404 = "okr.views.errors.not_found"
handler500 = "okr.views.errors.broken"
