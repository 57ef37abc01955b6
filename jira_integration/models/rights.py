"""What the connected account may do in its Jira, as it was read last."""

from datetime import datetime
from typing import Any

from django.db import models

from jira_integration.models.connection import JiraConnection


class RightsReadingQuerySet(models.QuerySet["RightsReading"]):
    def keep(
        self,
        connection: JiraConnection,
        everywhere: list[str],
        projects: list[dict[str, Any]],
        seen: int,
        at: datetime,
    ) -> "RightsReading":
        """Replaces what was known before."""
        read = {"everywhere": everywhere, "projects": projects, "seen": seen, "at": at}
        account = {"account_id": connection.account_id}
        return self.update_or_create(connection=connection, defaults=read | account)[0]


class RightsReading(models.Model):
    connection = models.OneToOneField(
        JiraConnection, on_delete=models.CASCADE, related_name="rights"
    )
    account_id = models.CharField(max_length=128, help_text="Whose rights these are.")
    everywhere = models.JSONField(default=list, help_text="Global permissions that are held.")
    projects = models.JSONField(
        default=list, help_text="{id, key, name, held} of each project that was read."
    )
    seen = models.PositiveIntegerField(default=0, help_text="How many projects there are to see.")
    at = models.DateTimeField()

    objects = RightsReadingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Rights in {self.connection_id}"
