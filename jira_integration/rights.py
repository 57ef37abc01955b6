"""What the connected account can and cannot do, what each right is for, and where to give it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jira_integration.client import AnonymousAnswer, JiraClient, Project
from jira_integration.models import Hosting, JiraConnection, JiraIssue, RightsReading

MOST_PROJECTS = 500
MOST_ASKED_ONE_BY_ONE = 50
"""Data Center answers for one project at a time."""
WAITS = 20.0
"""Seconds for one answer of Jira."""
ADMINISTER = "ADMINISTER"


@dataclass(frozen=True, slots=True)
class Right:
    """`needed_for` completes a row of the page; `where` is the place in Jira to give it."""

    key: str
    name: str
    short: str
    needed_for: str
    where: str


GLOBALLY = "Settings › System › Global permissions"
BY_SCHEME = "Project settings › Permissions: add the account, its group or its role to {}"
EVERYWHERE = (
    Right(
        ADMINISTER,
        "Administer Jira",
        "Administer Jira",
        "Registering webhooks by itself, and asking Jira what other people may browse. Without it"
        " an administrator enters the webhook by hand, and numbers are just as fresh.",
        GLOBALLY,
    ),
    Right(
        "USER_PICKER",
        "Browse users and groups",
        "Browse users",
        "Finding people's Jira accounts by their e-mail addresses. An imported file works without.",
        GLOBALLY,
    ),
)
BY_PROJECT = (
    Right(
        "BROWSE_PROJECTS",
        "Browse projects",
        "Read issues",
        "Reading issues at all: linking them, and every number that follows them.",
        BY_SCHEME.format("Browse Projects"),
    ),
    Right(
        "LINK_ISSUES",
        "Link issues",
        "Link issues",
        "Naming the key result on the Jira issue. Reading works without it.",
        BY_SCHEME.format("Link Issues"),
    ),
    Right(
        "CREATE_ISSUES",
        "Create issues",
        "Create issues",
        "Creating a Jira issue for a key result. Reading works without it.",
        BY_SCHEME.format("Create Issues"),
    ),
    Right(
        "SET_ISSUE_SECURITY",
        "Set issue security",
        "Issue security",
        "Not needed to read. An issue behind a security level is read only if the account belongs"
        " to that level, whatever else it may do; Jira tells this for single issues only.",
        "Project settings › Issue security: add the account to the level",
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A project and, in the order of BY_PROJECT, whether each right is held there."""

    key: str
    name: str
    held: tuple[bool, ...]
    chosen: bool = True

    @property
    def cells(self) -> list[tuple[Right, bool]]:
        return list(zip(BY_PROJECT, self.held, strict=True))


@dataclass(frozen=True, slots=True)
class Missing:
    """A right that is not held everywhere; `places` are projects, none for a global right."""

    right: Right
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RightsPage:
    """`lost` are keys of projects that linked issues had, and that the account sees no more."""

    connection: JiraConnection
    reading: RightsReading
    rows: tuple[Row, ...]
    lost: tuple[str, ...]

    @classmethod
    def of(cls, connection: JiraConnection) -> "RightsPage | None":
        """None before the first reading of this account's rights."""
        readings = RightsReading.objects.filter(connection=connection)
        reading = readings.filter(account_id=connection.account_id).first()
        if reading is None:
            return None
        count = connection.projects_that_count()
        rows = tuple(
            Row(
                each["key"],
                each["name"],
                tuple(right.key in each["held"] for right in BY_PROJECT),
                count is None or each["id"] in count,
            )
            for each in reading.projects
        )
        seen = {row.key for row in rows}
        lost = () if reading.seen > len(rows) else tuple(sorted(_linked(connection) - seen))
        return cls(connection, reading, rows, lost)

    @property
    def everywhere(self) -> list[tuple[Right, bool]]:
        return [(right, right.key in self.reading.everywhere) for right in EVERYWHERE]

    @property
    def unread(self) -> int:
        return self.reading.seen - len(self.rows)

    @property
    def missing(self) -> list[Missing]:
        """What is worth giving: global rights, then those of projects."""
        found = [Missing(right) for right, held in self.everywhere if not held]
        for at, right in enumerate(BY_PROJECT):
            places = tuple(row.key for row in self.rows if not row.held[at])
            if places:
                found.append(Missing(right, places))
        return found

    @property
    def sentence(self) -> str:
        """Larkspur OKR Bot sees 6 projects and may read issues in all of them."""
        name, seen = self.connection.account_name, self.reading.seen
        if not seen:
            return f"{name} sees no project, so that nothing can be linked or read."
        projects = "1 project" if seen == 1 else f"{seen:,} projects"
        readable = sum(row.held[0] for row in self.rows)
        if readable == len(self.rows):
            return f"{name} sees {projects} and may read issues in {'it' if seen == 1 else 'all'}."
        return f"{name} sees {projects} and may read issues in {readable} of them."


def read_rights(connection: JiraConnection, at: datetime) -> RightsReading:
    """Asks Jira for them, with a bounded number of calls. May raise JiraError."""
    with connection.client(WAITS, bounded=False) as client:
        if client.myself().id != connection.account_id:
            raise AnonymousAnswer(host=connection.host, email=connection.email)
        everywhere = client.permissions([right.key for right in EVERYWHERE])
        seen = client.count_projects()
        projects = _worth_asking(client, connection)
        held = client.rights_in([each.id for each in projects], [r.key for r in BY_PROJECT])
    rows = [
        {"id": each.id, "key": each.key, "name": each.name, "held": sorted(held[each.id])}
        for each in sorted(projects, key=lambda each: each.key)
    ]
    return RightsReading.objects.keep(connection, sorted(everywhere), rows, seen, at)


def _worth_asking(client: JiraClient, connection: JiraConnection) -> Sequence[Project]:
    """All of them on Cloud, where one call answers; elsewhere first those that are linked."""
    projects = client.projects(MOST_PROJECTS)
    if connection.hosting == Hosting.CLOUD:
        return projects
    linked = _linked(connection)
    return sorted(projects, key=lambda each: each.key not in linked)[:MOST_ASKED_ONE_BY_ONE]


def _linked(connection: JiraConnection) -> set[str]:
    """The keys of the projects whose issues count somewhere."""
    return project_keys(
        JiraIssue.objects.filter(connection=connection, linked__isnull=False).values_list(
            "key", flat=True
        )
    )


def project_keys(issue_keys: Iterable[str]) -> set[str]:
    return {key.rpartition("-")[0] for key in issue_keys}
