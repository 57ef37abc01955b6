"""The numeric fields of an issue that people set, and how Jira tells of their changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jira_sandbox.model.catalogue import CLINICS, STORY_POINT_ESTIMATE, STORY_POINTS
from jira_sandbox.model.issue import Difference, Issue
from jira_sandbox.model.nouns import Account

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Size:
    """`place` is where the issue keeps it; `custom` is empty for a field of the system; people
    write it in `unit`s of what is kept."""

    place: str
    label: str
    field: str
    custom: str = ""
    unit: int = 1


POINTS = Size("points", "Points", "Story Points", f"customfield_{STORY_POINTS}")
POINT_ESTIMATE = Size(
    "points", "Points", "Story point estimate", f"customfield_{STORY_POINT_ESTIMATE}"
)
ESTIMATE = Size("estimate", "Original estimate (hours)", "timeoriginalestimate", unit=HOUR)
REACH = Size("clinics", "Clinics reached", "Clinics reached", f"customfield_{CLINICS}")


def sizes_of(issue: Issue) -> tuple[Size, ...]:
    """A team-managed project has its own story points."""
    return (POINT_ESTIMATE if issue.project.team_managed else POINTS, ESTIMATE, REACH)


def resize(issue: Issue, values: Mapping[str, float | None], author: Account, at: datetime) -> bool:
    """Whether anything is otherwise than before; `values` go by place."""
    differences = []
    for size in sizes_of(issue):
        before = getattr(issue, size.place)
        after = values.get(size.place, before)
        if after != before:
            differences.append(_difference(size, before, after))
            setattr(issue, size.place, after)
    if differences:
        issue.record(at, author, *differences)
    return bool(differences)


def _difference(size: Size, before: float | None, after: float | None) -> Difference:
    """A custom number is told as text alone, a time in seconds both ways."""
    old, new = _text(before), _text(after)
    if size.custom:
        return Difference(size.field, None, old, None, new, size.custom)
    return Difference(size.field, old, old, new, new)


def _text(value: float | None) -> str | None:
    return None if value is None else f"{value:.12g}"
