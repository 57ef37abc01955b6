"""How the reading of each organization stands: one word, one sentence, and how old it is."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Max

from atlassian_accounts.models import (
    Account,
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    Stage,
    State,
)

PAUSED = "Paused: read only when somebody asks for it."
OFF = "Accounts are not read. What was read before is shown as it was."
FIRST = "Connected. The first reading is on its way."
PROGRESS = {
    Stage.ACCOUNTS: "Reading accounts: {read:,} so far{of}.",
    Stage.GROUPS: "All {read:,} accounts are listed. Reading groups.",
    Stage.MEMBERS: "All {read:,} accounts are listed. Reading the members of groups.",
    Stage.END: "Finishing.",
}
WAITING = "A reading waits for the background worker."
PAUSE = 3  # seconds between two looks while it is read


class Standing(StrEnum):
    HEALTHY = "Healthy"
    FAILING = "Failing"
    READING = "Reading"
    PAUSED = "Paused"
    OFF = "Off"

    @classmethod
    def of_all(cls) -> "Standing":
        if not AccountsSettings.load().enabled:
            return cls.OFF
        told = list(OrganizationConnection.objects.values_list("paused", "failure_code"))
        if any(code for paused, code in told if not paused):
            return cls.FAILING
        if all(paused for paused, _ in told):
            return cls.PAUSED if told else cls.OFF
        return cls.HEALTHY


@dataclass(frozen=True, slots=True)
class Card:
    """Of one organization. `run` is its open reading, `last` the one that ended last."""

    connection: OrganizationConnection
    is_on: bool
    number: int
    run: AccountsRead | None
    last: AccountsRead | None

    pause = PAUSE

    @classmethod
    def of_each(cls) -> "list[Card]":
        """As many queries for ten organizations as for one."""
        is_on, runs, lasts = AccountsSettings.load().enabled, _open_runs(), _last_runs()
        numbers = Account.objects.there().order_by().values_list("connection")
        there = dict(numbers.annotate(Count("pk")))
        return [
            cls(row, is_on, there.get(row.pk, 0), runs.get(row.pk), lasts.get(row.pk))
            for row in OrganizationConnection.objects.order_by("label", "pk")
        ]

    @property
    def standing(self) -> Standing:
        if not self.is_on:
            return Standing.OFF
        if self.connection.failure_code:
            return Standing.FAILING
        if self.run:
            return Standing.READING
        return Standing.PAUSED if self.connection.paused else Standing.HEALTHY

    @property
    def sentence(self) -> str:
        if not self.is_on:
            return OFF
        if self.run:
            return self._progress(self.run)
        if failure := self.connection.failure:
            return failure.sentence
        if self.connection.paused:
            return PAUSED
        return "" if self.connection.read_at else FIRST

    def _progress(self, run: AccountsRead) -> str:
        if run.state == State.WAITING:
            return WAITING
        of = f", {run.expected:,} were known before" if run.expected else ""
        return PROGRESS[Stage(run.stage)].format(read=run.read, of=of)

    @property
    def may_refresh(self) -> bool:
        return self.is_on and not self.run and not self.connection.suspended


def _open_runs() -> dict[int, AccountsRead]:
    """A running one before a waiting one."""
    rows = AccountsRead.objects.open().order_by("state", "id")
    found: dict[int, AccountsRead] = {}
    for run in rows:
        found.setdefault(run.connection_id, run)
    return found


def _last_runs() -> dict[int, AccountsRead]:
    ended = AccountsRead.objects.exclude(finished_at=None)
    newest = ended.order_by().values("connection").annotate(newest=Max("pk"))
    rows = AccountsRead.objects.filter(pk__in=newest.values("newest"))
    return {run.connection_id: run for run in rows}
