"""Registers the room of Atlassian accounts with Django and plugs it into the core's sockets."""

from importlib import import_module

from django.apps import AppConfig


class AtlassianAccountsConfig(AppConfig):
    name = "atlassian_accounts"
    verbose_name = "Atlassian accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("atlassian_accounts.audited")
        import_module("atlassian_accounts.navigation")
        import_module("atlassian_accounts.restoring")
        import_module("atlassian_accounts.retention")
