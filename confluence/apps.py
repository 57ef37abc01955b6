"""Registers the Confluence room with Django and plugs it into the core's sockets."""

from importlib import import_module

from django.apps import AppConfig


class ConfluenceConfig(AppConfig):
    name = "confluence"
    verbose_name = "Confluence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("confluence.audited")
        import_module("confluence.navigation")
        import_module("confluence.panels")
        import_module("confluence.publish_button")
        import_module("confluence.restoring")
        import_module("confluence.retention")
