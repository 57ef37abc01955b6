"""The addresses for machines; door.py answers them before anything else is done."""

from django.urls import path

from config.watch import views

urlpatterns = [
    path("health/live", views.live, name="health_live"),
    path("health/ready", views.ready, name="health_ready"),
    path("metrics", views.numbers, name="metrics"),
]
