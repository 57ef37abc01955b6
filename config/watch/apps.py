"""Registers the watch with Django, and lets every worker give signs of life."""

from importlib import import_module

from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "config.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("config.watch.beating")
        import_module("config.watch.card")
