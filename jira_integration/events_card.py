"""What the card of events tells: whether Jira tells us of changes, and what is left to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Max, Sum
from django.utils import timezone

from jira_integration.models import JiraConnection, SyncRun, WebhookDelivery, WebhookReceiver
from jira_integration.question import Question
from jira_integration.registering import can_be_reached

SILENT_AFTER = timedelta(days=1)
LOOKED_BACK = timedelta(days=1)
POLLING = "Jira is read every {pause} in any case, so every number stays right."
NONE_YET = "Jira does not tell us of changes."
MISFIT = (
    "Jira called {ago} ago with a signature that does not fit: the secret entered in Jira is not "
    "the one of this address. Enter it again."
)
UNSIGNED = "This version of Jira does not sign what it sends: keep the address to yourselves."
UNREACHABLE = "Jira cannot reach {address}: it is an address of a private network."
WAITING = "No events yet. The first arrives with the next change of an issue in Jira."
FIRST = "First event received {at}."
ARRIVING = "Events arrive; last {ago} ago."
QUIET = "The last event came {ago} ago."
MISSING = "Events seem to be missing: {changes} found by reading Jira, the last {ago} ago."
CHECK = "Check in Jira that the webhook is enabled, has no JQL and may call {address}."
STATUS_IN_JIRA = "Enabled"
FIELDS_IN_JIRA = ("Issue: created", "Issue: updated", "Issue: deleted")


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
        return replace(cls.load_each([connection])[0], shown=shown)

    @classmethod
    def load_each(cls, connections: Sequence[JiraConnection | None]) -> list["EventsCard"]:
        """As many queries for ten sites as for one."""
        now = timezone.now()
        rows = WebhookReceiver.objects.filter(connection__in=[each for each in connections if each])
        receivers: dict[JiraConnection | None, WebhookReceiver] = {
            each.connection: each for each in rows.select_related("connection")
        }
        told = [each for each in receivers if each]
        last, untold = WebhookDelivery.last_by_site(told), _untold(told, now)
        return [
            cls(each, receivers.get(each), last.get(each), now, None, *untold.get(each, (0, None)))
            for each in connections
        ]

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
    def misfit(self) -> str:
        """What somebody at the right address could not prove, unless events have come since."""
        refused = self.receiver.refused_at if self.receiver else None
        if refused is None or (self.last and self.last > refused):
            return ""
        return MISFIT.format(ago=ago(self.now - refused))

    @property
    def unsigned(self) -> str:
        return UNSIGNED if self.receiver and not self.receiver.signs else ""

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
    def status(self) -> str:
        return STATUS_IN_JIRA

    @property
    def events(self) -> tuple[str, ...]:
        return FIELDS_IN_JIRA

    @property
    def place(self) -> str:
        """Where webhooks are entered in Jira."""
        return f"{self.connection.server}/plugins/servlet/webhooks" if self.connection else ""


def _untold(
    sites: Collection[JiraConnection], now: datetime
) -> dict[JiraConnection | None, tuple[int, datetime | None]]:
    """What no event told since the webhook was opened, a day back at most."""
    recent = SyncRun.objects.filter(connection__in=sites, started_at__gt=now - LOOKED_BACK)
    missed = recent.filter(untold__gt=0, started_at__gt=F("connection__receiver__opened_at"))
    rows = missed.order_by().values_list("connection").annotate(Sum("untold"), Max("started_at"))
    by_number = {pk: (number, at) for pk, number, at in rows}
    return {site: by_number[site.pk] for site in sites if site.pk in by_number}


def ago(duration: timedelta) -> str:
    """12 s, 5 min, 3 h, 2 days."""
    seconds = max(round(duration.total_seconds()), 0)
    for size, unit in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
