"""The addresses of version 1, in the order of its description."""

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView

from okr.api import (
    approvals,
    check_ins,
    cycle_ends,
    cycles,
    endings,
    key_results,
    objectives,
    people,
    staying,
    units,
)

MODULES = (
    objectives,
    endings,
    approvals,
    key_results,
    check_ins,
    cycles,
    cycle_ends,
    units,
    people,
    staying,
)

described = SpectacularJSONAPIView.as_view(permission_classes=[], authentication_classes=[])
v1 = [
    path("openapi.json", described, name="description"),
    *(address for module in MODULES for address in module.addresses),
]
urlpatterns = [path("api/v1/", include((v1, "api")))]
