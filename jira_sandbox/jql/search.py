"""Running a query over what a viewer sees."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jira_sandbox.jql.columns import SORTED_BY_ID, Sort, find_column
from jira_sandbox.jql.conditions import Condition, condition, word_search
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.parser import parse
from jira_sandbox.jql.tree import Both, Clause, Either, Not, Query, Sorting, Term, Words
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.viewer import Viewer

MOST_SORTINGS = 7
SortKey = Callable[[Issue], Any]


@dataclass(frozen=True, slots=True)
class Search:
    """A checked query, ready to run."""

    viewer: Viewer
    matches: Condition
    order: tuple[tuple[SortKey, bool], ...]

    def issues(self) -> list[Issue]:
        found = [issue for issue in self.viewer.issues() if self.matches(issue)]
        found.sort(key=lambda issue: issue.id, reverse=True)
        for key, descending in reversed(self.order):
            found.sort(key=key, reverse=descending)
        return found

    def count(self) -> int:
        return sum(map(self.matches, self.viewer.issues()))


def prepare(jql: str, viewer: Viewer, now: datetime) -> Search:
    """Raises JqlError with every complaint at once."""
    return build(parse(jql), viewer, now)


def prepare_bounded(jql: str, viewer: Viewer, now: datetime) -> Search:
    """As `prepare`, but a query without any restriction is refused."""
    query = parse(jql)
    if query.where is None:
        raise JqlError("This JQL has no restriction. Add one: every issue is more than we search.")
    return build(query, viewer, now)


def build(query: Query, viewer: Viewer, now: datetime) -> Search:
    complaints: list[str] = []
    matches = _condition(query.where, viewer, now, complaints)
    order = tuple(_sort_key(each, viewer, complaints) for each in query.order)
    if len(order) > MOST_SORTINGS:
        complaints.append(f"JQL: sort by no more than {MOST_SORTINGS} fields.")
    if complaints:
        raise JqlError(*complaints)
    return Search(viewer, matches, order)


def _condition(
    clause: Clause | None, viewer: Viewer, now: datetime, complaints: list[str]
) -> Condition:
    match clause:
        case None:
            return lambda _issue: True
        case Words():
            return word_search(clause)
        case Term():
            return _term(clause, viewer, now, complaints)
        case Not(inner):
            refused = _condition(inner, viewer, now, complaints)
            return lambda issue: not refused(issue)
        case Both(clauses):
            every = [_condition(each, viewer, now, complaints) for each in clauses]
            return lambda issue: all(matches(issue) for matches in every)
        case Either(clauses):
            some = [_condition(each, viewer, now, complaints) for each in clauses]
            return lambda issue: any(matches(issue) for matches in some)


def _term(term: Term, viewer: Viewer, now: datetime, complaints: list[str]) -> Condition:
    try:
        return condition(term, viewer, now)
    except JqlError as error:
        complaints += error.messages
        return lambda _issue: False


def _sort_key(sorting: Sorting, viewer: Viewer, complaints: list[str]) -> tuple[SortKey, bool]:
    """What is empty comes last, whatever the direction."""
    column = find_column(sorting.field)
    if sorting.field.casefold() == SORTED_BY_ID:
        return (lambda issue: issue.id), sorting.descending
    if column is None:
        complaints.append(f"JQL: there is no field '{sorting.field}' to sort by.")
        return (lambda issue: issue.id), False
    if column.sort is Sort.KEY:
        return (lambda issue: (issue.project.key, issue.number)), sorting.descending

    def key(issue: Issue) -> tuple[bool, Any]:
        held = column.held(issue, viewer)
        return (not held) ^ sorting.descending, _comparable(held)

    return key, sorting.descending


def _comparable(held: tuple[Any, ...]) -> Any:
    first = held[0] if held else 0
    return first.casefold() if isinstance(first, str) else first
