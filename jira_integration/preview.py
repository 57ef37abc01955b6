"""What other settings would change: planned and computed as the sync does it, written nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from jira_integration.calculation import Scale
from jira_integration.models import SOURCE, JiraConnection, SyncRun, Trigger
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import Found
from jira_integration.sync.plan import plan_reads
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


def preview(connections: Iterable[JiraConnection], scale: Scale) -> Preview:
    """Compares every key result that follows Jira with what `scale` makes of its issues."""
    after: dict[int, Decimal] = {}
    for connection in connections:
        after |= _progress_by(replace(_plan(connection), scale=scale))
    return _compared(after)


def preview_leaving_out(connection: JiraConnection, resolutions: Iterable[str]) -> Preview:
    """The same with other resolutions of a site left out."""
    plan = _plan(connection)
    left_out = {**plan.left_out, connection.pk: frozenset(resolutions)}
    return _compared(_progress_by(replace(plan, left_out=left_out)))


def _compared(after: Mapping[int, Decimal]) -> Preview:
    rows = KeyResult.objects.filter(tracked_by=SOURCE).only("title", "progress")
    return Preview(
        tuple(
            Change(row, after[row.pk])
            for row in rows
            if row.pk in after and after[row.pk] != row.progress
        )
    )


def _plan(connection: JiraConnection) -> Plan:
    return plan_reads(SyncRun(connection=connection, trigger=Trigger.SETTINGS))


def _progress_by(plan: Plan) -> dict[int, Decimal]:
    readings = filter(None, (outcome.reading() for outcome in compute(plan, Found())))
    return {reading.key_result_id: reading.settled for reading in readings}
