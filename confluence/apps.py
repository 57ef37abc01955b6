"""Registers the Confluence room with Django and plugs it into the core's sockets."""

from django.apps import AppConfig


class ConfluenceConfig(AppConfig):
    name = "confluence"
    verbose_name = "Confluence"
    default_auto_field = "django.db.models.BigAutoField"
