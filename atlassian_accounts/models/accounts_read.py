"""One reading of an organization's accounts, how far it is, and its outcome.

Stage and cursor are kept with the rows they stand for, so that a reading goes on where it was cut.
"""

from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from atlassian.client import AtlassianError, RateLimited
from atlassian.explain import Explanation, facts_of
from atlassian_accounts.bell import ring
from atlassian_accounts.explain import WORDS
from atlassian_accounts.models.connection import OrganizationConnection
from okr.models import Person

STARTED_AT_MOST = 3
GIVEN_UP = "given_up"


class Trigger(models.TextChoices):
    SCHEDULE = "schedule", "Schedule"
    HAND = "hand", "Refresh now"
    CONNECT = "connect", "Connected"


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Stage(models.TextChoices):
    """In their order. An organization tells groups with each account, a site by themselves."""

    ACCOUNTS = "accounts", "Accounts"
    GROUPS = "groups", "Groups"
    MEMBERS = "members", "Members of groups"
    END = "end", "Finished"


class AccountsReadQuerySet(models.QuerySet["AccountsRead"]):
    def ask(
        self, connection: OrganizationConnection, trigger: str, by: Person | None = None
    ) -> "AccountsRead":
        """A waiting reading, old or new; the worker is told after the commit."""
        waiting = self.filter(connection=connection, state=State.WAITING).first()
        run = waiting or self.create(connection=connection, trigger=trigger, by=by)
        transaction.on_commit(lambda: ring(connection.pk))
        return run

    def ask_due(self, now: datetime) -> None:
        open_runs = self.open().filter(connection=models.OuterRef("pk"))
        due = OrganizationConnection.objects.due(now).exclude(models.Exists(open_runs))
        for connection in due:
            self.ask(connection, Trigger.SCHEDULE)

    def open(self) -> Self:
        return self.filter(state__in=[State.WAITING, State.RUNNING])

    def answerable(self, now: datetime) -> Self:
        """All but those whose organization told us to slow down."""
        told = Q(connection__failure_code=RateLimited.code, connection__next_read_at__gt=now)
        return self.exclude(told)

    def unserved(self, now: datetime) -> Self:
        """Open readings that no living worker holds."""
        free = Q(connection__leased_until=None) | Q(connection__leased_until__lt=now)
        return self.open().answerable(now).filter(free)

    def next_waiting(self, connection_id: int, now: datetime) -> "AccountsRead | None":
        waiting = self.answerable(now).filter(connection=connection_id, state=State.WAITING)
        return waiting.select_related("connection").order_by("id").first()

    def take_over(self, connection_id: int, now: datetime) -> None:
        """Queues the reading whose worker died; what it has read stays, and it goes on there.

        One that was started three times without getting any further is given up.
        """
        left = self.filter(connection=connection_id, state=State.RUNNING)
        left.filter(starts__gte=STARTED_AT_MOST).update(
            state=State.FAILED, finished_at=now, failure_code=GIVEN_UP
        )
        left.update(state=State.WAITING)

    def under(self, connection_id: int, lease_number: int) -> Self:
        held = self.filter(connection=connection_id, lease_number=lease_number)
        return held.filter(state=State.RUNNING)

    def put_back(self) -> None:
        """Queues again what was started for nothing; that start does not count."""
        self.update(state=State.WAITING, starts=F("starts") - 1)

    def older_than(self, moment: datetime) -> Self:
        return self.filter(finished_at__lt=moment)


class AccountsRead(models.Model):
    connection = models.ForeignKey(
        OrganizationConnection, on_delete=models.CASCADE, related_name="readings"
    )
    trigger = models.CharField(max_length=12, choices=Trigger)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.ACCOUNTS)
    cursor = models.CharField(max_length=2_000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    starts = models.PositiveSmallIntegerField(default=0)
    lease_number = models.PositiveBigIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0, help_text="Accounts known before reading.")
    read = models.PositiveIntegerField(default=0, help_text="Accounts listed so far.")
    skipped = models.PositiveIntegerField(default=0, help_text="Rows that could not be read.")
    calls = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)
    left_out = models.JSONField(
        default=list, blank=True, help_text="Stages that were refused, with code and facts."
    )

    objects = AccountsReadQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["connection", "state"])]

    def __str__(self) -> str:
        return f"{self.get_trigger_display()} at {self.asked_at:%Y-%m-%d %H:%M:%S}"

    @property
    def is_open(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def failure(self) -> Explanation | None:
        return WORDS.explain(self.failure_code, self.failure_facts) if self.failure_code else None

    @property
    def refusals(self) -> list[tuple[str, Explanation]]:
        """What was left out, and why."""
        return [
            (str(Stage(each["stage"]).label), WORDS.explain(each["code"], each["facts"]))
            for each in self.left_out
        ]

    def start(self, lease_number: int, at: datetime) -> bool:
        """Claims it; False where it was cancelled meanwhile."""
        waiting = AccountsRead.objects.filter(pk=self.pk, state=State.WAITING)
        begun = self.started_at or at
        claimed = waiting.update(
            state=State.RUNNING, lease_number=lease_number, started_at=begun, starts=F("starts") + 1
        )
        self.refresh_from_db()
        return claimed == 1

    def keep(self) -> None:
        """How far it is, in the transaction of the rows that it stands for. What got further may
        be started anew as often."""
        self.starts = 1
        self.save(
            update_fields=[
                *("stage", "cursor", "read", "skipped", "calls", "added", "changed", "gone"),
                *("expected", "left_out", "starts"),
            ]
        )

    def reach(self, stage: Stage) -> None:
        self.stage, self.cursor = stage, ""

    def leave_out(self, error: AtlassianError) -> None:
        """This stage was refused; the others are read all the same."""
        facts = {"stage": self.stage, "code": error.code, "facts": facts_of(error)}
        self.left_out = [*self.left_out, facts]

    def finish(self, state: State, at: datetime, error: AtlassianError | None = None) -> None:
        self.state, self.finished_at = state, at
        if error:
            self.failure_code, self.failure_facts = error.code, facts_of(error)
        self.save(update_fields=["state", "finished_at", "failure_code", "failure_facts", "calls"])

    def refuse(self, at: datetime) -> None:
        """Ends what would ask an organization that has refused us, with that refusal."""
        self.state, self.finished_at = State.FAILED, at
        self.failure_code = self.connection.failure_code
        self.failure_facts = self.connection.failure_facts
        self.save(update_fields=["state", "finished_at", "failure_code", "failure_facts"])

    def cancel(self) -> None:
        """A waiting one ends here; one that is under way stops before its next call."""
        mine = AccountsRead.objects.filter(pk=self.pk)
        waiting = mine.filter(state=State.WAITING)
        if not waiting.update(state=State.CANCELLED, finished_at=timezone.now()):
            mine.filter(state=State.RUNNING).update(cancel_asked=True)
