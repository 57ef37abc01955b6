"""The URL tree: what machines ask, the core, and each integration that is on."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("config.watch.urls")),
    path("", include("okr.urls")),
    *(path("", include(f"{integration}.urls")) for integration in settings.INTEGRATIONS),
]
handler403 = "okr.views.errors.refused"
handler404 = "okr.views.errors.not_found"
handler500 = "okr.views.errors.broken"
