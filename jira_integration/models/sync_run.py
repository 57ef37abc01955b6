"""One pass over a Jira site and its outcome: a failure is a row, and explains itself."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from jira_integration.bell import ring
from jira_integration.client import JiraError, RateLimited
from jira_integration.explain import Explanation, explain, facts_of
from jira_integration.models.connection import JiraConnection
from jira_integration.models.delivery import unread_connections
from okr.models import KeyResult, Person


class Trigger(models.TextChoices):
    SCHEDULE = "schedule", "Schedule"
    LINK = "link", "Linked"
    UNLINK = "unlink", "Link removed"
    HAND = "hand", "Sync now"
    SETTINGS = "settings", "Percentages changed"
    MEASURE = "measure", "Measure changed"
    FIELD = "field", "Measure changed"
    MIXED = "mixed", "Another site was read"
    CONNECT = "connect", "Connected"
    WEBHOOK = "webhook", "Event from Jira"
    PROJECTS = "projects", "Projects changed"
    WRITE = "write", "Shown in Jira"
    HISTORY = "history", "History reconstructed"


def triggers() -> list[tuple[str, str]]:
    """Asked for when needed, so that a new cause is no change of the database."""
    return Trigger.choices


BY_NOBODY = (Trigger.SCHEDULE, Trigger.WEBHOOK, Trigger.WRITE)
OF_NO_NUMBER = (Trigger.WEBHOOK, Trigger.WRITE)
"""Nobody waits for these as for a sync."""
FROM_THE_MIRROR = (Trigger.UNLINK, Trigger.SETTINGS, Trigger.MEASURE)
STARTED_AT_MOST = 3
EARLY = timedelta(milliseconds=250)  # a ring may come a little before its time
GIVEN_UP = "given_up"


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
        not_before: datetime | None = None,
    ) -> "SyncRun":
        """A waiting run of this scope, old or new; the worker is told after the commit."""
        run = self.waiting(connection.pk, trigger).filter(key_result=key_result).first()
        run = run or self.create(
            connection=connection,
            key_result=key_result,
            trigger=trigger,
            by=by,
            not_before=not_before,
        )
        transaction.on_commit(lambda: ring(connection.pk, run.not_before))
        return run

    def ask_for(self, key_result: KeyResult, by: Person) -> None:
        """Asks each site that it is linked to, for this one alone."""
        for connection in JiraConnection.objects.feeding(key_result):
            self.ask(connection, Trigger.HAND, key_result=key_result, by=by)

    def ask_due(self, now: datetime) -> None:
        """Asks for a scheduled reading of each connection that is due and not being read."""
        whole = self.open().filter(connection=models.OuterRef("pk"), key_result=None)
        open_runs = whole.exclude(trigger__in=OF_NO_NUMBER)
        for connection in JiraConnection.objects.due(now).exclude(models.Exists(open_runs)):
            self.ask(connection, Trigger.SCHEDULE)

    def ask_marked(self, now: datetime) -> None:
        """Asks for what events left behind: their run was lost, or a search has to be repeated."""
        open_runs = self.open().filter(connection=models.OuterRef("pk"), trigger=Trigger.WEBHOOK)
        for connection in unread_connections(now).exclude(models.Exists(open_runs)):
            self.ask(connection, Trigger.WEBHOOK)

    def waiting(self, connection_id: int, trigger: str) -> Self:
        return self.filter(connection=connection_id, trigger=trigger, state=State.WAITING)

    def put_off(self, connection_id: int, until: datetime) -> None:
        """What events asked for since this run began, before they could know of its pause. Their
        ring may come too early now, so there is another one for then."""
        waiting = self.waiting(connection_id, Trigger.WEBHOOK)
        early = waiting.filter(Q(not_before=None) | Q(not_before__lt=until))
        if early.update(not_before=until):
            transaction.on_commit(lambda: ring(connection_id, until))

    def open(self) -> Self:
        return self.filter(state__in=[State.WAITING, State.RUNNING])

    def unserved(self, now: datetime) -> Self:
        """Open runs that no living worker holds: their ring was lost, or their worker died."""
        free = Q(connection__leased_until=None) | Q(connection__leased_until__lt=now)
        return self.open().answerable(now).filter(free)

    def answerable(self, now: datetime) -> Self:
        """All but those whose time has not come, or whose site told us to slow down."""
        told = Q(connection__failure_code=RateLimited.code, connection__next_read_at__gt=now)
        ripe = Q(not_before=None) | Q(not_before__lte=now + EARLY)
        return self.filter(ripe, ~told | Q(trigger__in=FROM_THE_MIRROR))

    def uneventful(self, before: datetime) -> Self:
        """Runs that nobody asked for and that found nothing new: worth keeping for a while only."""
        return self.filter(
            trigger__in=BY_NOBODY, state=State.DONE, changed=0, untold=0, finished_at__lt=before
        )

    def older_than(self, moment: datetime) -> Self:
        return self.filter(finished_at__lt=moment)

    def next_waiting(self, connection_id: int, now: datetime) -> "SyncRun | None":
        """The oldest waiting run; what a person waits for goes before the rest, the past last."""
        waiting = self.answerable(now).filter(connection=connection_id, state=State.WAITING)
        past = models.When(trigger=Trigger.HISTORY, then=2)
        turn = models.Case(models.When(trigger__in=BY_NOBODY, then=1), past, default=0)
        return waiting.select_related("connection").order_by(turn, "id").first()

    def take_over(self, connection_id: int, now: datetime) -> None:
        """Queues the runs whose worker died: still marked as running although the lease is ours.

        One that was started three times is given up, so that it cannot take every worker with it.
        """
        left = self.filter(connection=connection_id, state=State.RUNNING)
        left.filter(starts__gte=STARTED_AT_MOST).update(
            state=State.FAILED, finished_at=now, failure_code=GIVEN_UP
        )
        left.update(state=State.WAITING, started_at=None, read=0)

    def under(self, connection_id: int, lease_number: int) -> Self:
        """What is running under a lease; never more than one."""
        held = self.filter(connection=connection_id, lease_number=lease_number)
        return held.filter(state=State.RUNNING)

    def put_back(self) -> None:
        """Queues again what was started for nothing; that start does not count."""
        self.update(state=State.WAITING, started_at=None, read=0, starts=F("starts") - 1)


OUTCOME = [
    "state",
    "finished_at",
    "planned",
    "read",
    "calls",
    "changed",
    "untold",
    "failure_code",
    "failure_facts",
]


class SyncRun(models.Model):
    connection = models.ForeignKey(JiraConnection, on_delete=models.CASCADE, related_name="runs")
    key_result = models.ForeignKey(
        KeyResult,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="The only key result to read; empty for all.",
    )
    trigger = models.CharField(max_length=12, choices=triggers)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    starts = models.PositiveSmallIntegerField(default=0)
    lease_number = models.PositiveBigIntegerField(default=0)
    planned = models.PositiveIntegerField(default=0, help_text="Issues known before reading.")
    read = models.PositiveIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0, help_text="Key results that moved.")
    untold = models.PositiveIntegerField(default=0, help_text="Changes that no event had told.")
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
        """New percentages and removed links are worked out from the mirror, without a call."""
        return self.trigger not in (*FROM_THE_MIRROR, Trigger.WRITE)

    @property
    def writes(self) -> bool:
        return self.trigger == Trigger.WRITE

    @property
    def tells_the_past(self) -> bool:
        return self.trigger == Trigger.HISTORY

    @property
    def is_open(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def reads_all(self) -> bool:
        """Everything that is linked, so that every number is fresh afterwards."""
        return self.reads_jira and self.key_result_id is None and self.trigger != Trigger.WEBHOOK

    def start(self, lease_number: int, at: datetime) -> bool:
        """Claims the run; False where it was cancelled meanwhile."""
        self.state, self.lease_number, self.started_at = State.RUNNING, lease_number, at
        waiting = SyncRun.objects.filter(pk=self.pk, state=State.WAITING)
        claimed = waiting.update(
            state=State.RUNNING, lease_number=lease_number, started_at=at, starts=F("starts") + 1
        )
        return claimed == 1

    def advance(self, read: int, calls: int) -> bool:
        """Shows how far the reading is; False where a person asked to stop."""
        self.read, self.calls = read, calls
        wanted = SyncRun.objects.filter(pk=self.pk, cancel_asked=False)
        return wanted.update(planned=self.planned, read=read, calls=calls) == 1

    def finish(self, state: State, at: datetime, error: JiraError | None = None) -> None:
        self.state, self.finished_at = state, at
        if error:
            self.failure_code, self.failure_facts = error.code, facts_of(error)
        self.save(update_fields=OUTCOME)

    def refuse(self, at: datetime) -> None:
        """Ends a run that would ask a site which has refused us, with that refusal."""
        self.state, self.finished_at = State.FAILED, at
        self.failure_code = self.connection.failure_code
        self.failure_facts = self.connection.failure_facts
        self.save(update_fields=OUTCOME)

    def again(self) -> None:
        """Puts an overtaken run back into the queue, unless another worker has it already."""
        ours = SyncRun.objects.under(self.connection_id, self.lease_number)
        ours.filter(pk=self.pk).put_back()

    def wait(self, until: datetime) -> bool:
        """Tries again later; False once it was started often enough."""
        mine = SyncRun.objects.under(self.connection_id, self.lease_number).filter(pk=self.pk)
        later = {"state": State.WAITING, "started_at": None, "read": 0, "not_before": until}
        return mine.filter(starts__lt=STARTED_AT_MOST).update(**later) == 1

    def cancel(self) -> None:
        """A waiting run ends here; one that is under way stops before its next call."""
        mine = SyncRun.objects.filter(pk=self.pk)
        waiting = mine.filter(state=State.WAITING)
        if not waiting.update(state=State.CANCELLED, finished_at=timezone.now()):
            mine.filter(state=State.RUNNING).update(cancel_asked=True)
