"""What the card of events tells: whether Jira tells us of changes, and what is left to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from jira_integration.models import JiraConnection, WebhookReceiver
from jira_integration.registering import can_be_reached

SILENT_AFTER = timedelta(days=1)
POLLING = "Jira is read every {pause} in any case, so every number stays right."
NONE_YET = "Jira does not tell us of changes."
UNREACHABLE = "Jira cannot reach {address}: it is an address of a private network."
WAITING = "No events yet. The first arrives with the next change of an issue in Jira."
FIRST = "First event received {at}."
ARRIVING = "Events arrive; last {ago} ago."
STOPPED = "Events stopped; the last came {ago} ago."
FIELDS_IN_JIRA = ("Issue: created", "Issue: updated", "Issue: deleted")


@dataclass(frozen=True, slots=True)
class EventsCard:
    """`shown` is a receiver whose secret is shown now and never again."""

    connection: JiraConnection | None
    receiver: WebhookReceiver | None
    last: datetime | None
    now: datetime
    shown: WebhookReceiver | None = None

    @classmethod
    def load(
        cls, connection: JiraConnection | None, shown: WebhookReceiver | None = None
    ) -> "EventsCard":
        receiver = WebhookReceiver.objects.of(connection)
        last = receiver.last_event_at if receiver else None
        return cls(connection, receiver, last, timezone.now(), shown)

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
            return STOPPED.format(ago=ago(self.now - since))
        return ARRIVING.format(ago=ago(self.now - self.last))

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
