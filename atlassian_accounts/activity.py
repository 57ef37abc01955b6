"""The readings as a table tells them, on the page and as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from atlassian_accounts.models import AccountsRead, State
from okr.exports import Sheet

A_PAGE = 25
RESULTS = {
    "done": ("Done", Q(state=State.DONE)),
    "failed": ("Failed", Q(state=State.FAILED)),
    "cancelled": ("Cancelled", Q(state=State.CANCELLED)),
}
COLUMNS = (
    *("at", "organization", "trigger", "asked_by", "result", "seconds", "accounts", "calls"),
    *("added", "changed", "gone", "error"),
)


@dataclass(frozen=True, slots=True)
class Line:
    run: AccountsRead

    @property
    def at(self) -> datetime:
        return self.run.started_at or self.run.asked_at

    @property
    def duration(self) -> timedelta | None:
        begun, ended = self.run.started_at, self.run.finished_at
        return ended - begun if begun and ended else None

    @property
    def took(self) -> str:
        """0.8 s, 12 s, 3 min 5 s."""
        if self.duration is None:
            return "–"
        seconds = self.duration.total_seconds()
        if seconds < 10:
            return f"{max(seconds, 0.1):.1f} s"
        minutes, rest = divmod(round(seconds), 60)
        return f"{minutes} min {rest} s" if minutes else f"{rest} s"

    @property
    def trouble(self) -> str:
        """Why it failed, or what it had to leave out."""
        if self.run.failure:
            return str(self.run.failure.sentence)
        return " ".join(f"{stage}: {refusal.sentence}" for stage, refusal in self.run.refusals)


def runs_sheet(runs: Iterable[AccountsRead]) -> Sheet:
    rows = (
        (
            line.at,
            line.run.connection.label,
            line.run.get_trigger_display(),
            line.run.by.name if line.run.by else "",
            line.run.get_state_display(),
            _seconds(line.duration),
            line.run.read,
            line.run.calls,
            line.run.added,
            line.run.changed,
            line.run.gone,
            line.trouble,
        )
        for line in map(Line, runs)
    )
    return Sheet("Reading activity", COLUMNS, rows)


def _seconds(duration: timedelta | None) -> Decimal | None:
    return Decimal(str(round(duration.total_seconds(), 1))) if duration is not None else None
