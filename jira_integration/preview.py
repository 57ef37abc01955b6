"""What new percentages would change: planned and computed as the sync does it, written nowhere."""

from dataclasses import dataclass, replace
from decimal import Decimal

from jira_integration.calculation import Scale
from jira_integration.models import SOURCE
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import Found
from jira_integration.sync.plan import plan_nothing
from okr.models import KeyResult


@dataclass(frozen=True, slots=True)
class Change:
    """A key result as it stands, and its progress under the new percentages."""

    key_result: KeyResult
    after: Decimal

    @property
    def size(self) -> Decimal:
        return abs(self.after - (self.key_result.progress or 0))


@dataclass(frozen=True, slots=True)
class Preview:
    changes: tuple[Change, ...]

    @property
    def number(self) -> int:
        return len(self.changes)

    @property
    def largest(self) -> Change | None:
        return max(self.changes, key=lambda change: change.size, default=None)

    @property
    def sentence(self) -> str:
        match self.number:
            case 0:
                return "No key result will change."
            case 1:
                return "1 key result will change:"
            case number:
                return f"{number:,} key results will change. Largest:"


def preview(scale: Scale) -> Preview:
    """Compares every key result that follows Jira with what `scale` makes of its issues."""
    after = _progress_under(scale)
    rows = KeyResult.objects.filter(tracked_by=SOURCE).only("title", "progress")
    return Preview(
        tuple(
            Change(row, after[row.pk])
            for row in rows
            if row.pk in after and after[row.pk] != row.progress
        )
    )


def _progress_under(scale: Scale) -> dict[int, Decimal]:
    outcomes = compute(replace(plan_nothing(), scale=scale), Found())
    readings = filter(None, (outcome.reading() for outcome in outcomes))
    return {reading.key_result_id: reading.settled for reading in readings}
