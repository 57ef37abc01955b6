"""Registers the watch with Django: logs, and the signs of life of every worker."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from config.watch.logs import configure


class WatchConfig(AppConfig):
    name = "config.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        configure()
        import_module("config.watch.beating")
        import_module("config.watch.card")
        import_module("config.watch.task_lines")
        if settings.SENTRY_DSN:
            from config.watch.sentry import begin

            begin(settings.SENTRY_DSN, "production" if settings.PRODUCTION else "embedded")
