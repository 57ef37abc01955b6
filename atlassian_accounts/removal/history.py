"""What was asked for, and how far each of it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from atlassian_accounts.models import AccountsSettings, Outcome, Removal, Verb
from atlassian_accounts.models.removal import RemovalQuerySet
from atlassian_accounts.removal import words
from atlassian_accounts.removal.possible import obstacle

WAITS = "Waits for the background worker."
UNDER_WAY_NOW = "Under way."
UNKNOWN = (
    "Atlassian gave no clear answer, so nobody knows yet whether it was done. The account is read"
    " again until that is clear; nothing is sent a second time."
)
NEXT_LOOK = " Next look at {at}."
WITHDRAWN = "Taken back before anything was sent."
SOON, LATER = 2, 5  # seconds between two looks, in the first minute and after


@dataclass(frozen=True, slots=True)
class Told:
    """One row as it is shown."""

    row: Removal
    is_on: bool

    @property
    def verb(self) -> str:
        return str(Verb(self.row.verb).label)

    @property
    def sentence(self) -> str:
        row = self.row
        match row.outcome:
            case Outcome.DONE:
                return words.RESULTS[Verb(row.verb)]
            case Outcome.CANCELLED:
                return WITHDRAWN
            case Outcome.FAILED:
                return row.failure.sentence if row.failure else ""
            case Outcome.SENT if not self.is_under_way:
                return UNKNOWN + self._next_look
        if self.is_under_way:
            return UNDER_WAY_NOW
        return row.failure.sentence if row.failure else WAITS

    @property
    def is_under_way(self) -> bool:
        return self.row.is_held and not self.row.looks

    @property
    def _next_look(self) -> str:
        at = self.row.next_at
        return NEXT_LOOK.format(at=f"{timezone.localtime(at):%H:%M}") if at else ""

    @property
    def may_withdraw(self) -> bool:
        return self.row.outcome == Outcome.WAITING and not self.row.is_held

    @property
    def may_look(self) -> bool:
        return self.row.outcome == Outcome.SENT and not self.row.is_held

    @property
    def ways_on(self) -> list[tuple[str, str]]:
        """What can be asked for now where this failed, by verb and label."""
        if self.row.outcome != Outcome.FAILED or not self.is_on:
            return []
        account, verb = self.row.account, Verb(self.row.verb)
        if self.row.failure_code == "not_managed":
            instead = obstacle(account, Verb.SUSPEND)
            return [] if instead else [(Verb.SUSPEND.value, "Suspend it instead")]
        return [] if obstacle(account, verb) else [(verb.value, "Ask once more")]


def told(rows: "list[Removal]") -> list[Told]:
    is_on = AccountsSettings.load().removes
    return [Told(row, is_on) for row in rows]


def pause(rows: "list[Removal]") -> int:
    """Seconds until the page looks again; 0 where nothing on it will change by itself."""
    open_rows = [row for row in rows if row.is_open]
    if not open_rows:
        return 0
    fresh = timezone.now() - max(row.asked_at for row in open_rows) < timedelta(minutes=1)
    return SOON if fresh else LATER


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the address of the page asks for; anything unknown is left out."""

    organization: int | None = None
    account: int | None = None
    together: UUID | None = None
    outcome: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Narrowed":
        outcome = asked.get("outcome", "")
        return cls(
            _number(asked.get("organization", "")),
            _number(asked.get("account", "")),
            _uuid(asked.get("together", "")),
            outcome if outcome in Outcome else "",
        )

    def rows(self) -> RemovalQuerySet:
        """Newest first, with all that is told of them."""
        found = Removal.objects.select_related("account__connection", "connection", "by")
        named = {
            "connection": self.organization,
            "account": self.account,
            "together": self.together,
            "outcome": self.outcome,
        }
        return found.filter(**{name: value for name, value in named.items() if value})


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 18 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
