"""One pass over a Jira site and its outcome: a failure is a row, and explains itself."""

from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from jira_integration.bell import ring
from jira_integration.client import JiraError
from jira_integration.explain import Explanation, explain, facts_of
from jira_integration.models.connection import JiraConnection
from okr.models import KeyResult, Person


class Trigger(models.TextChoices):
    SCHEDULE = "schedule", "Schedule"
    LINK = "link", "Link changed"
    HAND = "hand", "Sync now"
    SETTINGS = "settings", "Percentages changed"
    CONNECT = "connect", "Connected"


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
    OVERTAKEN = "overtaken", "Started again"


class SyncRunQuerySet(models.QuerySet["SyncRun"]):
    def ask(
        self,
        connection: JiraConnection,
        trigger: str,
        *,
        key_result: KeyResult | None = None,
        by: Person | None = None,
    ) -> "SyncRun":
        """A waiting run of this scope, old or new; the worker is told after the commit."""
        run = self.filter(
            connection=connection, key_result=key_result, trigger=trigger, state=State.WAITING
        ).first()
        run = run or self.create(
            connection=connection, key_result=key_result, trigger=trigger, by=by
        )
        transaction.on_commit(lambda: ring(connection.pk))
        return run

    def ask_due(self, now: datetime) -> None:
        """Asks for a scheduled reading of each connection that is due and not being read."""
        open_runs = self.open().filter(connection=models.OuterRef("pk"), key_result=None)
        for connection in JiraConnection.objects.due(now).exclude(models.Exists(open_runs)):
            self.ask(connection, Trigger.SCHEDULE)

    def open(self) -> Self:
        return self.filter(state__in=[State.WAITING, State.RUNNING])

    def unserved(self, now: datetime) -> Self:
        """Open runs that no living worker holds: their ring was lost, or their worker died."""
        free = Q(connection__leased_until=None) | Q(connection__leased_until__lt=now)
        return self.open().filter(free)

    def uneventful(self, before: datetime) -> Self:
        """Scheduled runs that found nothing new: worth keeping for a while only."""
        return self.filter(
            trigger=Trigger.SCHEDULE, state=State.DONE, changed=0, finished_at__lt=before
        )

    def next_waiting(self, connection_id: int) -> "SyncRun | None":
        """The oldest waiting run; what a person waits for goes before the schedule."""
        waiting = self.filter(connection=connection_id, state=State.WAITING)
        return waiting.order_by(
            models.Case(models.When(trigger=Trigger.SCHEDULE, then=1), default=0), "id"
        ).first()

    def interrupted(self, connection_id: int) -> Self:
        """Runs whose worker died: still marked as running although the lease is ours now."""
        return self.filter(connection=connection_id, state=State.RUNNING)


class SyncRun(models.Model):
    connection = models.ForeignKey(JiraConnection, on_delete=models.CASCADE, related_name="runs")
    key_result = models.ForeignKey(
        KeyResult,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="The only key result to read; empty for all.",
    )
    trigger = models.CharField(max_length=12, choices=Trigger)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_number = models.PositiveBigIntegerField(default=0)
    planned = models.PositiveIntegerField(default=0, help_text="Issues known before reading.")
    read = models.PositiveIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0, help_text="Key results that moved.")
    cancel_asked = models.BooleanField(default=False)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)

    objects = SyncRunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["connection", "state"])]

    def __str__(self) -> str:
        return f"{self.get_trigger_display()} at {self.asked_at:%Y-%m-%d %H:%M:%S}"

    @property
    def failure(self) -> Explanation | None:
        return explain(self.failure_code, self.failure_facts) if self.failure_code else None

    @property
    def reads_jira(self) -> bool:
        """New percentages are worked out from the mirror, without a call."""
        return self.trigger != Trigger.SETTINGS

    def start(self, lease_number: int, at: datetime) -> bool:
        """Claims the run; False where another worker has it."""
        started = SyncRun.objects.filter(pk=self.pk, state=State.WAITING).update(
            state=State.RUNNING, lease_number=lease_number, started_at=at
        )
        self.refresh_from_db()
        return started == 1

    def advance(self, read: int, calls: int) -> bool:
        """Shows how far the reading is; False where a person asked to stop."""
        rows = SyncRun.objects.filter(pk=self.pk)
        rows.update(read=read, calls=calls)
        self.read, self.calls = read, calls
        return not rows.filter(cancel_asked=True).exists()

    def finish(self, state: State, at: datetime, error: JiraError | None = None) -> None:
        self.state, self.finished_at = state, at
        if error:
            self.failure_code, self.failure_facts = error.code, facts_of(error)
        self.save(
            update_fields=[
                "state",
                "finished_at",
                "planned",
                "read",
                "calls",
                "changed",
                "failure_code",
                "failure_facts",
            ]
        )

    def again(self) -> None:
        """Puts an interrupted or overtaken run back into the queue."""
        SyncRun.objects.filter(pk=self.pk).update(state=State.WAITING, started_at=None, read=0)

    def cancel(self) -> None:
        SyncRun.objects.open().filter(pk=self.pk).update(cancel_asked=True)
