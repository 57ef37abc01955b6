"""That a person asked for a Jira issue: pressed twice, it is still one issue."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

from django.db import models, transaction
from django.utils import timezone

from jira_integration.models.connection import JiraConnection
from okr.models import KeyResult, Person

SETTLES = timedelta(seconds=10)
AT_MOST = timedelta(minutes=2)
"""How long asking Jira may take with all that goes before: then whoever asked is gone."""


class Outcome(models.TextChoices):
    ASKED = "asked", "Under way"
    CREATED = "created", "Created"
    REFUSED = "refused", "Refused"
    UNKNOWN = "unknown", "Not answered"


class IssueRequestQuerySet(models.QuerySet["IssueRequest"]):
    def claim(
        self, token: UUID, key_result: KeyResult, connection: JiraConnection, by: Person
    ) -> "tuple[IssueRequest, bool]":
        """The request of this token, and whether it is ours to carry out: not while another press
        is being answered, and not once there is an issue.

        A token that belongs to somebody else or to another key result is worth a new one.
        """
        told = {"key_result": key_result, "by": by}
        with transaction.atomic():
            found, new = self.get_or_create(token=token, defaults=told | {"connection": connection})
            if not new and (found.key_result_id, found.by_id) != (key_result.pk, by.pk):
                found, new = self.create(token=uuid4(), connection=connection, **told), True
        return found, new or found.resume(connection)

    def known(self) -> list[int]:
        """The issues that were created by requests."""
        numbers = self.filter(outcome=Outcome.CREATED).values_list("jira_id", flat=True)
        return [number for number in numbers if number is not None]

    def older_than(self, moment: datetime) -> Self:
        return self.filter(asked_at__lt=moment)


class IssueRequest(models.Model):
    token = models.UUIDField(unique=True)
    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="+")
    connection = models.ForeignKey(JiraConnection, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.ASKED)
    is_doubtful = models.BooleanField(
        default=False, help_text="Jira may have created it without our learning of that."
    )
    project = models.CharField(max_length=255, blank=True)
    summary = models.CharField(max_length=255, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(auto_now_add=True)
    jira_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=255, blank=True)

    objects = IssueRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.CREATED, jira_id__isnull=False)
                | ~models.Q(outcome=Outcome.CREATED),
                name="a_created_issue_has_a_number",
            )
        ]

    def __str__(self) -> str:
        return self.key or self.get_outcome_display()

    def resume(self, connection: JiraConnection) -> bool:
        """Takes it up again where it was refused, or whoever carried it out is gone; after a lost
        answer not before Jira's search can know what there is."""
        mine, now = IssueRequest.objects.filter(pk=self.pk), timezone.now()
        gone = models.Q(outcome=Outcome.ASKED, claimed_at__lt=now - AT_MOST)
        lost = models.Q(outcome=Outcome.UNKNOWN, claimed_at__lt=now - SETTLES)
        again = mine.filter(models.Q(outcome=Outcome.REFUSED) | gone | lost)
        claimed = again.update(outcome=Outcome.ASKED, claimed_at=now, connection=connection)
        self.refresh_from_db()
        return claimed == 1

    def sending(self, project: str, summary: str) -> None:
        """Noted before Jira is asked to create it: from then on there may be an issue."""
        self.project, self.summary, self.is_doubtful = project, summary, True
        self.save(update_fields=["project", "summary", "is_doubtful"])

    def finish(self, outcome: Outcome, jira_id: int | None = None, key: str = "") -> None:
        self.outcome, self.jira_id, self.key = outcome, jira_id, key
        self.is_doubtful = outcome == Outcome.UNKNOWN
        self.save(update_fields=["outcome", "jira_id", "key", "is_doubtful"])
