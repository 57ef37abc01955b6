"""The fields a query may name: what an issue holds there, and what a written value means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jira_sandbox.model.catalogue import (
    CATEGORIES,
    CLINICS,
    EPIC_LINK,
    EVERY_PRIORITY,
    KINDS,
    PRIORITIES,
    RESOLUTIONS,
    SPRINT,
    STORY_POINT_ESTIMATE,
    STORY_POINTS,
)
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.planning import release_of
from jira_sandbox.model.viewer import Viewer

Held = tuple[Any, ...]
Meant = frozenset[Any]
NOTHING: Meant = frozenset()
EPIC_LEVEL = 1


class Sort(StrEnum):
    CHOICE = "choice"
    KEY = "key"
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"


OPERATORS = {
    Sort.CHOICE: ("=", "!=", "in", "not in", "is", "is not"),
    Sort.KEY: ("=", "!=", "in", "not in", "is", "is not", "<", "<=", ">", ">="),
    Sort.TEXT: ("~", "!~", "is", "is not"),
    Sort.DATE: ("=", "!=", "in", "not in", "is", "is not", "<", "<=", ">", ">="),
    Sort.NUMBER: ("=", "!=", "in", "not in", "is", "is not", "<", "<=", ">", ">="),
}


@dataclass(frozen=True, slots=True)
class Column:
    """`held` gives an issue's values, none when empty; `meant` what a written value stands for."""

    name: str
    sort: Sort
    held: Callable[[Issue, Viewer], Held]
    meant: Callable[[str, Viewer], Meant] = lambda _text, _viewer: NOTHING
    empty_word: str = ""


def _maybe(value: Any) -> Held:
    return () if value in (None, "") else (value,)


def _named(pairs: Iterable[tuple[Any, str]], text: str) -> Meant:
    wanted = text.casefold()
    return frozenset(id_ for id_, name in pairs if wanted in (name.casefold(), str(id_).casefold()))


def _project(text: str, viewer: Viewer) -> Meant:
    return _named(((each.key, each.name) for each in viewer.projects()), text) or frozenset(
        each.key for each in viewer.projects() if each.id == text
    )


def _issue(text: str, viewer: Viewer) -> Meant:
    issue = viewer.issue(text)
    return frozenset({issue.id}) if issue else NOTHING


def _status(text: str, viewer: Viewer) -> Meant:
    return _named(((status.id, status.name) for status in viewer.site.statuses), text)


def _category(text: str, _viewer: Viewer) -> Meant:
    names = _named(((one.key, one.name) for one in CATEGORIES), text)
    return names or frozenset(one.key for one in CATEGORIES if str(one.id) == text)


def _account(text: str, viewer: Viewer) -> Meant:
    return frozenset(
        one.id
        for one in viewer.site.accounts.values()
        if text.casefold() in (one.id.casefold(), one.display.casefold())
        or (one.email_shown and text.casefold() == one.email)
    )


def _release(text: str, viewer: Viewer) -> Meant:
    return _named(((each.id, each.name) for each in viewer.releases()), text)


def _fixed_in(issue: Issue, _viewer: Viewer) -> Held:
    release = release_of(issue)
    return (release.id,) if release else ()


def _sprint(text: str, viewer: Viewer) -> Meant:
    name = f"Sprint {text}" if text.isdecimal() else text
    return _named(((issue.sprint, issue.sprint) for issue in viewer.issues()), name)


def _parent(issue: Issue, viewer: Viewer) -> Held:
    return () if viewer.on_premise and issue.kind.level >= 0 else _maybe(issue.parent)


def _points(issue: Issue, viewer: Viewer) -> Held:
    return _maybe(issue.points if viewer.on_premise else issue.story_points)


def _epic(issue: Issue, viewer: Viewer) -> Held:
    parent = viewer.site.issues.get(issue.parent or 0)
    return (parent.id,) if parent and parent.kind.level == EPIC_LEVEL else ()


COLUMNS = (
    Column("project", Sort.CHOICE, lambda i, _v: (i.project.key,), _project),
    Column("key", Sort.KEY, lambda i, _v: (i.id,), _issue),
    Column("parent", Sort.CHOICE, _parent, _issue),
    Column("Epic Link", Sort.CHOICE, _epic, _issue),
    Column(
        "issuetype",
        Sort.CHOICE,
        lambda i, _v: (i.kind.id,),
        lambda text, _v: _named(((kind.id, kind.name) for kind in KINDS), text),
    ),
    Column("status", Sort.CHOICE, lambda i, _v: (i.status.id,), _status),
    Column("statusCategory", Sort.CHOICE, lambda i, _v: (i.category,), _category),
    Column("assignee", Sort.CHOICE, lambda i, _v: (i.assignee.id,) if i.assignee else (), _account),
    Column("reporter", Sort.CHOICE, lambda i, _v: (i.reporter.id,), _account),
    Column("labels", Sort.CHOICE, lambda i, _v: i.labels, lambda text, _v: frozenset({text})),
    Column(
        "priority",
        Sort.CHOICE,
        lambda _i, _v: (EVERY_PRIORITY,),
        lambda text, _v: _named(PRIORITIES.items(), text),
    ),
    Column(
        "resolution",
        Sort.CHOICE,
        lambda i, _v: (i.resolution.id,) if i.resolution else (),
        lambda text, _v: _named(((each.id, each.name) for each in RESOLUTIONS), text),
        empty_word="unresolved",
    ),
    Column("fixVersion", Sort.CHOICE, _fixed_in, _release),
    Column("Sprint", Sort.CHOICE, lambda i, _v: _maybe(i.sprint), _sprint),
    Column("summary", Sort.TEXT, lambda i, _v: (i.summary,)),
    Column("description", Sort.TEXT, lambda _i, _v: ()),
    Column("text", Sort.TEXT, lambda i, _v: (i.summary,)),
    Column("created", Sort.DATE, lambda i, _v: (i.created,)),
    Column("updated", Sort.DATE, lambda i, _v: (i.updated,)),
    Column("resolved", Sort.DATE, lambda i, _v: _maybe(i.resolved)),
    Column("statusCategoryChangedDate", Sort.DATE, lambda i, _v: _maybe(i.category_since)),
    Column("due", Sort.DATE, lambda _i, _v: ()),
    Column("Story Points", Sort.NUMBER, _points),
    Column("Clinics reached", Sort.NUMBER, lambda i, _v: _maybe(i.clinics)),
    Column("Story point estimate", Sort.NUMBER, lambda i, _v: _maybe(i.story_point_estimate)),
)
OTHER_NAMES = {
    "id": "key",
    "issue": "key",
    "issuekey": "key",
    "type": "issuetype",
    "creator": "reporter",
    "resolutiondate": "resolved",
    "duedate": "due",
    "createddate": "created",
    "updateddate": "updated",
    f"cf[{EPIC_LINK}]": "epic link",
    f"cf[{SPRINT}]": "sprint",
    f"cf[{STORY_POINTS}]": "story points",
    f"cf[{CLINICS}]": "clinics reached",
    f"cf[{STORY_POINT_ESTIMATE}]": "story point estimate",
}
BY_NAME = {column.name.casefold(): column for column in COLUMNS}
SORTED_BY_ID = "rank"


def find_column(name: str) -> Column | None:
    folded = name.casefold()
    return BY_NAME.get(OTHER_NAMES.get(folded, folded))
