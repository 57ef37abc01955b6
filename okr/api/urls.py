"""The addresses of version 1."""

from django.urls import include, path

from okr.api.objectives import Objectives, OneObjective

v1 = [
    path("objectives/", Objectives.as_view(), name="objectives"),
    path("objectives/<int:pk>/", OneObjective.as_view(), name="objective"),
]
urlpatterns = [path("api/v1/", include((v1, "api")))]
