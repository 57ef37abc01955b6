"""The URL tree: the core, and each integration that is switched on in the settings."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("okr.urls")),
    *(path("", include(f"{integration}.urls")) for integration in settings.INTEGRATIONS),
]
handler403 = "okr.views.errors.refused"
handler404 = "okr.views.errors.not_found"
handler500 = "okr.views.errors.broken"
