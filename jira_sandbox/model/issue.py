"""An issue and its history."""

from dataclasses import dataclass, field
from datetime import datetime

from jira_sandbox.model.catalogue import Kind, Resolution
from jira_sandbox.model.nouns import Account, Project, Status


@dataclass(frozen=True, slots=True)
class Difference:
    """`field` is the name that Jira gives it there; a custom field has an id besides."""

    field: str
    old: str | None
    old_text: str | None
    new: str | None
    new_text: str | None
    custom: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    at: datetime
    author: Account
    differences: tuple[Difference, ...]


@dataclass(slots=True, eq=False)
class Issue:
    """`id` never changes; `key` does when the issue moves to another project."""

    id: int
    key: str
    project: Project
    kind: Kind
    summary: str
    status: Status
    created: datetime
    updated: datetime
    reporter: Account
    assignee: Account | None = None
    parent: int | None = None
    points: float | None = None
    estimate: int | None = None  # seconds
    clinics: float | None = None
    labels: tuple[str, ...] = ()
    sprint: str = ""
    release: str = ""
    resolution: Resolution | None = None
    resolved: datetime | None = None
    category_since: datetime | None = None
    locked: bool = False
    history: list[Change] = field(default_factory=list)

    @property
    def number(self) -> int:
        return int(self.key.rpartition("-")[2])

    @property
    def category(self) -> str:
        return self.status.category.key

    @property
    def story_points(self) -> float | None:
        """The estimate of company-managed projects."""
        return None if self.project.team_managed else self.points

    @property
    def story_point_estimate(self) -> float | None:
        """The estimate of team-managed projects."""
        return self.points if self.project.team_managed else None

    def record(self, at: datetime, author: Account, *differences: Difference) -> None:
        self.updated = at
        self.history.append(Change(at, author, differences))
