"""What work is planned in and found by: sprints, fix versions and saved filters."""

from dataclasses import dataclass
from zlib import crc32

from jira_sandbox.model.issue import Issue
from jira_sandbox.model.nouns import Account, Project

ACTIVE_SPRINT = 24
FIRST_RELEASE_ID = 20_000


@dataclass(frozen=True, slots=True)
class Sprint:
    name: str

    @property
    def id(self) -> int:
        last = self.name.rpartition(" ")[2]
        return int(last) if last.isdecimal() else 1

    @property
    def state(self) -> str:
        return ("closed", "active", "future")[
            (self.id >= ACTIVE_SPRINT) + (self.id > ACTIVE_SPRINT)
        ]


@dataclass(frozen=True, slots=True)
class Release:
    """A fix version; its number comes from its name, so that every start gives the same."""

    project: Project
    name: str

    @property
    def id(self) -> str:
        return str(FIRST_RELEASE_ID + crc32(f"{self.project.key}/{self.name}".encode()) % 70_000)


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """One that is not shared is seen by its owner and by administrators."""

    id: int
    name: str
    owner: Account
    shared: bool
    jql: str


def release_of(issue: Issue) -> Release | None:
    return Release(issue.project, issue.release) if issue.release else None
