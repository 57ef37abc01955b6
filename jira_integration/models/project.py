"""The projects of a site that an admin allows to be linked; others count nowhere."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from jira_integration.client import Project
from jira_integration.models.connection import JiraConnection
from jira_integration.models.issue import JiraIssue, JiraIssueQuerySet
from jira_integration.models.sync_run import SyncRun, Trigger
from okr.models import Person


class ChosenProjectQuerySet(models.QuerySet["ChosenProject"]):
    def ids(self) -> frozenset[int]:
        return frozenset(self.values_list("project_id", flat=True))

    def choose(self, connection: JiraConnection, projects: Iterable[Project], by: Person) -> None:
        """From now on only these count. The site is read again, so that nothing else stays counted.

        A reading under way loses its lease: what it found was asked for under other rules.
        """
        rows = [
            ChosenProject(
                connection=connection, project_id=each.id, key=each.key, name=each.name[:255]
            )
            for each in projects
        ]
        with transaction.atomic():
            self.filter(connection=connection).delete()
            self.bulk_create(rows)
            self._changed(connection, only_chosen=True, by=by)

    def lift(self, connection: JiraConnection, by: Person) -> None:
        """Whatever the account sees may be linked again; which projects were chosen is kept."""
        with transaction.atomic():
            self._changed(connection, only_chosen=False, by=by)

    def _changed(self, connection: JiraConnection, *, only_chosen: bool, by: Person) -> None:
        connection.only_chosen = only_chosen
        connection.save(update_fields=["only_chosen"])
        connection.end_lease()
        SyncRun.objects.ask(connection, Trigger.PROJECTS, by=by)


class ChosenProject(models.Model):
    connection = models.ForeignKey(
        JiraConnection, on_delete=models.CASCADE, related_name="chosen_projects"
    )
    project_id = models.BigIntegerField(help_text="Jira's number: it survives a new key.")
    key = models.CharField(max_length=255)
    name = models.CharField(max_length=255, blank=True)

    objects = ChosenProjectQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["connection", "project_id"], name="a_project_once")
        ]

    def __str__(self) -> str:
        return self.key


def outside() -> JiraIssueQuerySet:
    """Issues of any site that we know and that lie in no chosen project of it."""
    chosen = ChosenProject.objects.filter(
        connection=OuterRef("connection"), project_id=OuterRef("project_id")
    )
    limited = JiraIssue.objects.filter(connection__only_chosen=True).exclude(project_id=None)
    return limited.exclude(Exists(chosen))
