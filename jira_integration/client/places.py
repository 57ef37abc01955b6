"""What a page of Jira names, told from its address alone: the page itself is never asked for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote


class Shorthand(StrEnum):
    """What Jira keeps under a number and searches by it."""

    FILTER = "filter"
    SPRINT = "sprint"
    VERSION = "version"

    def query(self, number: int) -> str:
        field = "fixVersion" if self is Shorthand.VERSION else self.value
        return f"{field} = {number}"


@dataclass(frozen=True, slots=True)
class Named:
    """A saved filter, a sprint or a fix version, by Jira's number."""

    shorthand: Shorthand
    number: int

    @property
    def jql(self) -> str:
        return self.shorthand.query(self.number)


@dataclass(frozen=True, slots=True)
class IssueKeys:
    keys: tuple[str, ...]
    """In upper case, in the order given, each once."""


@dataclass(frozen=True, slots=True)
class Jql:
    query: str


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A page of the site that names neither issues nor a query."""

    reason: Literal["own list", "board", "plan", "dashboard", "wiki", "page"]


Place = IssueKeys | Jql | Named | Unsupported
Query = Mapping[str, str]

KEY = re.compile(r"(?i)[a-z][a-z0-9_]*-[1-9][0-9]*")
PROJECT = re.compile(r"(?i)[a-z][a-z0-9_]{0,254}")
NUMBER = re.compile(r"[1-9][0-9]{0,17}")
ISSUE_PAGES = {"browse", "issues", "issue"}
DESKS = {"queues", "portal"}
"""Below them a page of Jira Service Management ends in the key of the issue that it shows."""
KEY_PARAMETERS = ("selectedIssue", "issueKey")
QUERY_PARAMETERS = ("jql", "jqlQuery")
FILTER_PARAMETERS = ("filter", "filterId", "requestId")
SPRINT_PARAMETERS = ("sprint", "sprints")
VERSION_PAGES = {"versions", "fixforversion"}


def read_place(parts: SplitResult) -> Place:
    """The narrowest thing that the page shows comes first: an issue, a search, then a project."""
    query = {name: values[0].strip() for name, values in parse_qs(parts.query).items()}
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if key := next((name for name in _names(query, steps) if KEY.fullmatch(name)), ""):
        return IssueKeys((key.upper(),))
    for name in QUERY_PARAMETERS:
        if query.get(name):
            return Jql(query[name])
    return _shorthand(query, steps) or _closed(steps) or _project(query, steps)


def _names(query: Query, steps: list[str]) -> Iterator[str]:
    """Where the key of a shown issue stands: selected on a board, or as the page itself."""
    yield from (query[name] for name in KEY_PARAMETERS if name in query)
    lower = [step.lower() for step in steps]
    if "viewissue.jspa" in lower:
        yield query.get("key", "")
    yield from (after for before, after in pairwise(steps) if before.lower() in ISSUE_PAGES)
    if DESKS & set(lower):
        yield steps[-1]


def _shorthand(query: Query, steps: list[str]) -> Place | None:
    versions = [after for before, after in pairwise(steps) if before.lower() in VERSION_PAGES]
    if numbers := _numbers(versions):
        return Named(Shorthand.VERSION, numbers[0])
    if numbers := _numbers(_values(query, SPRINT_PARAMETERS)):
        several = len(numbers) > 1
        return Jql(f"sprint in ({_listed(numbers)})") if several else _sprint(numbers[0])
    asked = _values(query, FILTER_PARAMETERS)
    kept = [after for before, after in pairwise(steps) if before.lower() == "filters"]
    if numbers := _numbers([*asked, *kept]):
        return Named(Shorthand.FILTER, numbers[0])
    return Unsupported("own list") if asked else None


def _sprint(number: int) -> Named:
    return Named(Shorthand.SPRINT, number)


def _values(query: Query, names: tuple[str, ...]) -> list[str]:
    return [part for name in names for part in query.get(name, "").split(",") if part]


def _numbers(texts: list[str]) -> list[int]:
    return list(dict.fromkeys(int(text) for text in texts if NUMBER.fullmatch(text.strip())))


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _closed(steps: list[str]) -> Unsupported | None:
    """Pages whose issues Jira's search cannot name."""
    lower = {step.lower() for step in steps}
    if "wiki" in lower:
        return Unsupported("wiki")
    if lower & {"dashboards", "dashboard.jspa"}:
        return Unsupported("dashboard")
    plans = {"plans", "plan", "portfolioplanview.jspa", "portfolioreportview.jspa"}
    return Unsupported("plan") if lower & plans else None


def _project(query: Query, steps: list[str]) -> Place:
    """A page of a project, or of a board in it, stands for the project's issues."""
    after = [next_ for step, next_ in pairwise(steps) if step.lower() in ("projects", "browse")]
    for key in (query.get("projectKey", ""), *after):
        if PROJECT.fullmatch(key):
            return Jql(f'project = "{key.upper()}"')
    boards = {"boards", "rapidboard.jspa"} & {step.lower() for step in steps}
    return Unsupported("board" if boards else "page")
