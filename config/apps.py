"""Gives every Django process our Celery application, so that a shared task finds the queue."""

from importlib import import_module

from django.apps import AppConfig


class FuseBoxConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        import_module("config.celery")
