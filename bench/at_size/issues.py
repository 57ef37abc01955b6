"""One Jira site as it was read last: the issues that key results follow, and their links."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count
from random import Random

from psycopg.types.json import Jsonb

from bench.at_size import words
from bench.at_size.copying import pour
from bench.at_size.numbers import Number
from jira_integration.calculation import Category
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraIssue,
    JiraLink,
    LinkedIssue,
)
from okr.sealing import seal

SITE = 1
SERVER = "http://127.0.0.1:9"
BELOW_AN_EPIC = 0.5
NAMES = {Category.DONE: "Done", Category.INDETERMINATE: "In Progress", Category.NEW: "To Do"}
Row = tuple[object, ...]


def store(following: Iterable[Number], chance: Random, now: datetime) -> None:
    IntegrationSettings.objects.create(enabled=True)
    JiraConnection.objects.create(
        pk=SITE,
        name="Larkspur",
        server=SERVER,
        api_base=SERVER,
        email="jira-bot@larkspur.example",
        sealed_token=seal("no token", [SERVER, SERVER]),
        token_saved_at=now,
        token_end_told=True,
        account_id="bot",
        account_name="Jira Bot",
        read_at=now,
        next_read_at=now,
    )
    issues: list[Row] = []
    links: list[Row] = []
    linked: list[Row] = []
    issue_ids, link_ids = count(1), count(1)
    for each in following:
        found = list(_issues(each, issue_ids, chance, now))
        issues += found
        mine = list(_links(each, found, issue_ids, link_ids, issues, chance, now))
        links += mine
        for place, issue in enumerate(found):
            linked.append((mine[place % len(mine)][0], issue[0], issue[6]))
    _pour(issues, links, linked)


def _pour(issues: list[Row], links: list[Row], linked: list[Row]) -> None:
    columns = ("id", "connection_id", "jira_id", "key", "summary", "status", "category")
    pour(JiraIssue, (*columns, "type_name", "numbers", "project_id", "changed_at"), issues)
    columns = ("id", "key_result_id", "connection_id", "kind", "issue_id", "depth", "by_id")
    pour(JiraLink, (*columns, "read_at"), links)
    pour(LinkedIssue, ("link_id", "issue_id", "category"), linked)


def _issues(each: Number, ids: Iterator[int], chance: Random, now: datetime) -> Iterator[Row]:
    done = each.last.done
    for place in range(each.issues):
        begun = Category.INDETERMINATE if place == done else Category.NEW
        yield _issue(next(ids), Category.DONE if place < done else begun, "Story", chance, now)


def _issue(pk: int, category: Category, kind: str, chance: Random, now: datetime) -> Row:
    summary, project = words.title(chance), pk % 40
    known = (pk, SITE, 10_000 + pk, f"P{project}-{pk}", summary, NAMES[category], category.value)
    return (*known, kind, Jsonb({}), project, now)


def _links(
    each: Number,
    found: list[Row],
    issue_ids: Iterator[int],
    link_ids: Iterator[int],
    issues: list[Row],
    chance: Random,
    now: datetime,
) -> Iterator[Row]:
    """Either what is below an epic, or each issue by itself."""
    if chance.random() < BELOW_AN_EPIC or len(found) > 8:
        epic = _issue(next(issue_ids), Category.INDETERMINATE, "Epic", chance, now)
        issues.append(epic)
        yield (next(link_ids), each.pk, SITE, "children", epic[0], 1, each.owner, now)
        return
    for issue in found:
        yield (next(link_ids), each.pk, SITE, "issue", issue[0], None, each.owner, now)
