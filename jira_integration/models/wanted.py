"""What a person chose to link, and what each of its links holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models

from jira_integration.client import Issue, Kept
from jira_integration.descending import EVERY_LEVEL
from jira_integration.models.connection import JiraConnection
from jira_integration.models.issue import JiraIssue, mirrored

Columns = dict[str, object]


class LinkKind(models.TextChoices):
    ISSUE = "issue", "Issue"
    CHILDREN = "children", "Below an issue"
    QUERY = "query", "JQL"
    FILTER = "filter", "Saved filter"
    SPRINT = "sprint", "Sprint"
    VERSION = "version", "Fix version"


LEVELS = {
    1: "The children of",
    2: "Two levels below",
    3: "Three levels below",
    EVERY_LEVEL: "Everything below",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """As Jira has just shown it; `below` is an issue and how many levels below it count instead."""

    issues: list[Issue] = field(default_factory=list)
    jql: str = ""
    kept: Kept | None = None
    below: tuple[Issue, int] | None = None

    @property
    def named(self) -> list[Issue]:
        """Those that are linked themselves, or whose children are."""
        return [*self.issues, *([self.below[0]] if self.below else [])]


def each_link(wanted: Wanted, connection: JiraConnection) -> Iterator[tuple[Columns, Columns]]:
    """What makes a link the same as one that is there already, and what it holds besides."""
    for found in wanted.issues:
        yield {"kind": LinkKind.ISSUE, "issue": _mirror(found, connection)}, {}
    if wanted.below:
        top, depth = wanted.below
        yield {"kind": LinkKind.CHILDREN, "issue": _mirror(top, connection)}, {"depth": depth}
    if wanted.jql:
        yield {"kind": LinkKind.QUERY, "jql": wanted.jql}, {}
    if kept := wanted.kept:
        told: Columns = {"jql": kept.jql, "name": kept.name}
        yield {"kind": LinkKind(kept.shorthand.value), "kept_id": kept.id}, told


def _mirror(found: Issue, connection: JiraConnection) -> JiraIssue:
    issue, _ = JiraIssue.objects.get_or_create(
        connection=connection, jira_id=found.id, defaults=mirrored(found)
    )
    return issue
