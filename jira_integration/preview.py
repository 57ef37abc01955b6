"""What other settings would change: planned and computed as the sync does it, written nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from jira_integration.calculation import Scale
from jira_integration.models import SOURCE, JiraConnection
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import Found
from jira_integration.sync.plan import plan_nothing
from jira_integration.sync.planned import Plan
from okr.models import KeyResult


@dataclass(frozen=True, slots=True)
class Change:
    """A key result as it stands, and its progress under the new settings."""

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
    def by_size(self) -> list[Change]:
        """The largest first."""
        return sorted(self.changes, key=lambda change: (-change.size, change.key_result.title))

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
    return _compared(replace(plan_nothing(), scale=scale))


def preview_leaving_out(connection: JiraConnection, resolutions: Iterable[str]) -> Preview:
    """The same with other resolutions of a site left out."""
    plan = plan_nothing()
    left_out = {**plan.left_out, connection.pk: frozenset(resolutions)}
    return _compared(replace(plan, left_out=left_out))


def _compared(plan: Plan) -> Preview:
    readings = filter(None, (outcome.reading() for outcome in compute(plan, Found())))
    after = {reading.key_result_id: reading.settled for reading in readings}
    rows = KeyResult.objects.filter(tracked_by=SOURCE).only("title", "progress")
    return Preview(
        tuple(
            Change(row, after[row.pk])
            for row in rows
            if row.pk in after and after[row.pk] != row.progress
        )
    )
