"""The addresses of version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView

from okr.api.check_ins import CheckIns
from okr.api.key_results import KeyResults, OneKeyResult
from okr.api.objectives import Objectives, OneObjective

described = SpectacularJSONAPIView.as_view(permission_classes=[], authentication_classes=[])
v1 = [
    path("openapi.json", described, name="description"),
    path("key-results/", KeyResults.as_view(), name="key_results"),
    path("key-results/<int:pk>/", OneKeyResult.as_view(), name="key_result"),
    path("key-results/<int:pk>/check-ins/", CheckIns.as_view(), name="check_ins"),
    path("objectives/", Objectives.as_view(), name="objectives"),
    path("objectives/<int:pk>/", OneObjective.as_view(), name="objective"),
]
urlpatterns = [path("api/v1/", include((v1, "api")))]
