"""Registers the Jira room with Django and plugs it into the core's sockets."""

from importlib import import_module

from django.apps import AppConfig


class JiraIntegrationConfig(AppConfig):
    name = "jira_integration"
    verbose_name = "Jira integration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("jira_integration.as_code")
        import_module("jira_integration.audited")
        import_module("jira_integration.chat")
        import_module("jira_integration.finding")
        import_module("jira_integration.carrying")
        import_module("jira_integration.navigation")
        import_module("jira_integration.panels")
        import_module("jira_integration.people_column")
        import_module("jira_integration.people_file")
        import_module("jira_integration.watching")
        import_module("jira_integration.restoring")
        import_module("jira_integration.retention")
