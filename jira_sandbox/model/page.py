"""What a Confluence site holds: spaces, pages and every version that a page has had."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from jira_sandbox.model.nouns import Account, Role


class Standing(StrEnum):
    CURRENT = "current"
    ARCHIVED = "archived"
    TRASHED = "trashed"


@dataclass(frozen=True, slots=True)
class Space:
    """`view` and `edit` are the least role that reads and that writes there."""

    id: int
    key: str
    name: str
    view: Role
    edit: Role


@dataclass(frozen=True, slots=True)
class Version:
    """`body` is in storage format, as it was sent."""

    number: int
    at: datetime
    author: Account
    title: str
    body: str
    message: str = ""


@dataclass(slots=True, eq=False)
class Page:
    """`readers` are the names of those who alone may see it and what is below it; nobody named
    means everybody. A `locked` page is changed by administrators alone."""

    id: int
    space: Space
    parent: int | None
    versions: list[Version] = field(default_factory=list)
    readers: frozenset[str] = frozenset()
    locked: bool = False
    status: Standing = Standing.CURRENT

    @property
    def now(self) -> Version:
        return self.versions[-1]

    @property
    def first(self) -> Version:
        return self.versions[0]

    @property
    def title(self) -> str:
        return self.now.title

    @property
    def trashed(self) -> bool:
        return self.status is Standing.TRASHED

    @property
    def alive(self) -> bool:
        """Neither in the archive nor in the trash."""
        return self.status is Standing.CURRENT

    def version(self, number: int) -> Version | None:
        return next((each for each in self.versions if each.number == number), None)
