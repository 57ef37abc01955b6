"""What other settings would change: worked out as the sync does, written nowhere."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from jira_integration.calculation import IssueId, Scale
from jira_integration.client import Project
from jira_integration.models import SOURCE, JiraConnection, outside
from jira_integration.models.issue import NAME
from jira_integration.sync.compute import Outcome, compute
from jira_integration.sync.found import Found
from jira_integration.sync.plan import plan_nothing
from jira_integration.sync.planned import Plan
from okr.models import KeyResult
from okr.progress import settle

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A key result as it stands, and its progress under the new rules; None where none of its
    issues counts any more, so that it keeps the number it has."""

    key_result: KeyResult
    after: Decimal | None

    @property
    def size(self) -> Decimal:
        before = self.key_result.progress or Decimal(0)
        return abs((before if self.after is None else self.after) - before)


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
    def by_size(self) -> list[Change]:
        """The largest first."""
        return sorted(self.changes, key=lambda change: -change.size)

    @property
    def shown(self) -> list[Change]:
        return self.by_size[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return self.number - len(self.shown)

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
    return _compared(_progress_under(replace(plan_nothing(), scale=scale)))


def preview_projects(connection: JiraConnection, wanted: Collection[Project] | None) -> Preview:
    """What limiting the site to these projects would move, or lifting the limit."""
    plan = plan_nothing()
    others = {
        IssueId(*name) for name in outside().exclude(connection=connection).values_list(*NAME)
    }
    left_out = frozenset(others | set(_outside(connection, wanted)))
    return _with_emptied(plan, replace(plan, outside=left_out))


def preview_leaving_out(connection: JiraConnection, resolutions: Iterable[str]) -> Preview:
    """What leaving out these resolutions of a site would move, and no others."""
    plan = plan_nothing()
    left_out = {**plan.left_out, connection.pk: frozenset(resolutions)}
    return _with_emptied(plan, replace(plan, left_out=left_out))


def _with_emptied(plan: Plan, otherwise: Plan) -> Preview:
    emptied = dict.fromkeys(_emptied(otherwise) - _emptied(plan))
    return _compared(_progress_under(otherwise) | emptied)


def _outside(connection: JiraConnection, wanted: Collection[Project] | None) -> Iterator[IssueId]:
    """By the project's number; where that is not known yet, by the key that the issue had."""
    if wanted is None:
        return
    numbers, keys = {each.id for each in wanted}, {each.key for each in wanted}
    known = connection.issues.values_list("jira_id", "key", "project_id")
    for number, key, project in known:
        if (project in numbers) if project else (key.rpartition("-")[0] in keys):
            continue
        yield IssueId(connection.pk, number)


def _emptied(plan: Plan) -> set[int]:
    """Key results of which nothing counts."""
    return {each.key_result_id for each in _outcomes(plan) if each.share is None}


def _compared(after: Mapping[int, Decimal | None]) -> Preview:
    rows = KeyResult.objects.filter(tracked_by=SOURCE).only("title", "progress")
    return Preview(
        tuple(
            Change(row, after[row.pk])
            for row in rows
            if row.pk in after and after[row.pk] != row.progress
        )
    )


def _progress_under(plan: Plan) -> dict[int, Decimal | None]:
    shares = {each.key_result_id: each.share for each in _outcomes(plan)}
    return {pk: settle(share) for pk, share in shares.items() if share is not None}


def _outcomes(plan: Plan) -> Iterator[Outcome]:
    return chain.from_iterable(compute(plan, Found()))
