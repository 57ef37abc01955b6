"""What the card of events tells: whether Jira tells us of changes, and what is left to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Sum
from django.utils import timezone

from jira_integration.models import JiraConnection, SyncRun, WebhookReceiver
from jira_integration.registering import can_be_reached

SILENT_AFTER = timedelta(days=1)
LOOKED_BACK = timedelta(days=1)
POLLING = "Jira is read every {pause} in any case, so every number stays right."
NONE_YET = "Jira does not tell us of changes."
UNREACHABLE = "Jira cannot reach {address}: it is an address of a private network."
WAITING = "No events yet. The first arrives with the next change of an issue in Jira."
FIRST = "First event received {at}."
ARRIVING = "Events arrive; last {ago} ago."
QUIET = "The last event came {ago} ago."
MISSING = "Events seem to be missing: {changes} found by reading Jira, the last {ago} ago."
CHECK = "Check in Jira that the webhook is enabled, has no JQL and may call {address}."
FIELDS_IN_JIRA = ("Issue: created", "Issue: updated", "Issue: deleted")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before the webhook is changed."""

    title: str
    sentence: str
    answer: str
    is_danger: bool = False


REGISTER = Question(
    "Register the webhook again?",
    "Jira gets a new webhook with a new address and a new secret. What was registered by us or "
    "entered by hand before stops working at once.",
    "Register again",
)
BY_HAND = Question(
    "Enter the webhook by hand?",
    "You get a new address and a new secret, shown once, to enter in Jira. What was registered or "
    "entered before stops working at once.",
    "Show what to enter",
)
REMOVE = Question(
    "Remove the webhook?",
    "Jira no longer tells us of changes. It is read at its usual pace, and no number is lost.",
    "Remove",
    is_danger=True,
)


@dataclass(frozen=True, slots=True)
class EventsCard:
    """`shown` is a receiver whose secret is shown now and never again; `untold` are the changes of
    the last day that no event told, and `untold_at` is when the last of them was found."""

    connection: JiraConnection | None
    receiver: WebhookReceiver | None
    last: datetime | None
    now: datetime
    shown: WebhookReceiver | None = None
    untold: int = 0
    untold_at: datetime | None = None

    @classmethod
    def load(
        cls, connection: JiraConnection | None, shown: WebhookReceiver | None = None
    ) -> "EventsCard":
        receiver, now = WebhookReceiver.objects.of(connection), timezone.now()
        if receiver is None:
            return cls(connection, None, None, now)
        since = max(receiver.opened_at, now - LOOKED_BACK)
        missed = SyncRun.objects.filter(connection=connection, started_at__gt=since, untold__gt=0)
        number, at = missed.aggregate(n=Sum("untold"), at=Max("started_at")).values()
        return cls(connection, receiver, receiver.last_event_at, now, shown, number or 0, at)

    @property
    def reachable(self) -> bool:
        return self.connection is not None and can_be_reached(self.connection)

    @property
    def sentence(self) -> str:
        """How events stand; what happens without them is `polling`."""
        if self.receiver is None:
            return NONE_YET
        if self.receiver.first_event_at is None:
            return WAITING
        if self.last is None or self.now - self.last > SILENT_AFTER:
            since = self.last or self.receiver.first_event_at
            return QUIET.format(ago=ago(self.now - since))
        return ARRIVING.format(ago=ago(self.now - self.last))

    @property
    def waits(self) -> bool:
        """Whether the first event is still to come."""
        return self.receiver is not None and self.receiver.first_event_at is None

    @property
    def missing(self) -> str:
        """What speaks for lost events; empty where nothing does. Quiet days lose nothing."""
        if self.untold_at is None:
            return ""
        changes = "1 change was" if self.untold == 1 else f"{self.untold:,} changes were"
        return MISSING.format(changes=changes, ago=ago(self.now - self.untold_at))

    @property
    def check(self) -> str:
        return CHECK.format(address=settings.PUBLIC_ADDRESS)

    @property
    def first(self) -> str:
        """The confirmation that what was entered in Jira works."""
        first = self.receiver.first_event_at if self.receiver else None
        if first is None:
            return ""
        here = timezone.localtime(first)
        today = here.date() == timezone.localdate(self.now)
        return FIRST.format(at=f"{here:%H:%M}" if today else f"{here:%-d %B %Y, %H:%M}")

    @property
    def unreachable(self) -> str:
        return "" if self.reachable else UNREACHABLE.format(address=settings.PUBLIC_ADDRESS)

    @property
    def polling(self) -> str:
        return POLLING.format(pause=ago(timedelta(seconds=settings.JIRA_SYNC_SECONDS)))

    @property
    def by_hand(self) -> bool:
        """Whether an administrator of Jira has to enter the webhook there, or has."""
        return self.receiver is not None and not self.receiver.number_in_jira

    @property
    def name(self) -> str:
        return settings.PRODUCT_NAME

    @property
    def events(self) -> tuple[str, ...]:
        return FIELDS_IN_JIRA

    @property
    def place(self) -> str:
        """Where webhooks are entered in Jira."""
        return f"{self.connection.server}/plugins/servlet/webhooks" if self.connection else ""


def ago(duration: timedelta) -> str:
    """12 s, 5 min, 3 h, 2 days."""
    seconds = max(round(duration.total_seconds()), 0)
    for size, unit in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
