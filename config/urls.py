"""The URL tree: what machines ask, each integration that is on, and the core.

An integration has few beginnings of addresses, one that machines call all the time, and maybe
addresses in the API.
"""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

speaking = [each for each in settings.INTEGRATIONS if find_spec(f"{each}.api")]
urlpatterns = [
    path("", include("config.watch.urls")),
    *(path("", include(f"{integration}.urls")) for integration in settings.INTEGRATIONS),
    *(path("", include(f"{integration}.api.urls")) for integration in speaking),
    path("", include("okr.api.urls")),
    path("", include("okr.scim.urls")),
    path("", include("okr.urls")),
]
handler400 = "okr.views.errors.unreadable"
handler403 = "okr.views.errors.refused"
handler404 = "okr.views.errors.not_found"
handler500 = "okr.views.errors.broken"
