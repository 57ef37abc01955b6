"""Accounts, statuses and projects: what the seed sets and nothing afterwards changes."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from zlib import crc32

from jira_sandbox.model.catalogue import Category

CLASSIC_TOKEN = "classic"  # noqa: S105 - the name of a kind of token
ACCESS_TOKEN, PASSWORD = "access-token", "password"


class Role(StrEnum):
    NONE = "none"
    MEMBER = "member"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    id: str
    display: str
    email: str
    email_shown: bool
    active: bool
    role: Role

    @property
    def key(self) -> str:
        """How Data Center knows the account for ever."""
        return f"JIRAUSER{10_000 + crc32(self.name.encode()) % 90_000}"


@dataclass(frozen=True, slots=True)
class Token:
    """`scopes` holds `classic`, what a scoped token may do, or a kind that Data Center has."""

    secret: str
    account: Account
    scopes: frozenset[str]

    @property
    def scoped(self) -> bool:
        return CLASSIC_TOKEN not in self.scopes

    @property
    def on_premise(self) -> bool:
        return not self.scopes.isdisjoint({ACCESS_TOKEN, PASSWORD})


@dataclass(frozen=True, slots=True)
class Status:
    """`project` is the key of the team-managed project that alone uses this status, or empty."""

    id: str
    name: str
    category: Category
    resolution: str
    project: str


@dataclass(frozen=True)
class Project:
    id: str
    key: str
    name: str
    team_managed: bool
    lead: Account
    browse: Role
    statuses: tuple[Status, ...]

    @cached_property
    def initial(self) -> Status:
        return self.first("new")

    def first(self, category: str) -> Status:
        """The leftmost status of a category, or of the whole board where it has none of it."""
        found = (status for status in self.statuses if status.category.key == category)
        return next(found, self.statuses[0])

    def status(self, name: str) -> Status:
        for status in self.statuses:
            if status.name.casefold() == name.casefold():
                return status
        names = ", ".join(status.name for status in self.statuses)
        raise LookupError(f"{self.key} has no status {name!r}; it has {names}.")
