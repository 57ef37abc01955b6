"""The addresses of version 1, in the order of its description."""

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView

from okr.api import (
    alignment,
    approvals,
    audit_log,
    carrying,
    changes,
    chat,
    check_ins,
    comments,
    cycle_ends,
    cycles,
    deliveries,
    endings,
    key_results,
    measurements,
    myself,
    notifications,
    objectives,
    okr_file,
    own_templates,
    people,
    policies,
    retrospectives,
    standing,
    staying,
    tags,
    teams,
    tokens,
    unit_reviews,
    units,
    uploads,
    webhooks,
)

MODULES = (
    objectives,
    endings,
    approvals,
    key_results,
    standing,
    measurements,
    changes,
    alignment,
    check_ins,
    comments,
    notifications,
    cycles,
    cycle_ends,
    retrospectives,
    carrying,
    units,
    people,
    staying,
    myself,
    tokens,
    policies,
    tags,
    own_templates,
    teams,
    unit_reviews,
    uploads,
    audit_log,
    webhooks,
    deliveries,
    okr_file,
    chat,
)

described = SpectacularJSONAPIView.as_view(permission_classes=[], authentication_classes=[])
v1 = [
    path("openapi.json", described, name="description"),
    *(address for module in MODULES for address in module.addresses),
]
urlpatterns = [path("api/v1/", include((v1, "api")))]
