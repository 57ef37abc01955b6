"""Running a query over what a viewer sees."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from jira_sandbox.jql.columns import SORTED_BY_ID, Sort, find_column
from jira_sandbox.jql.conditions import Condition, condition, word_search
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.parser import parse
from jira_sandbox.jql.tree import (
    Both,
    Clause,
    Either,
    Not,
    Operand,
    Query,
    Sorting,
    Term,
    Value,
    Words,
)
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.viewer import Viewer

MOST_SORTINGS = 7
FILTER_NAMES = ("filter", "request", "savedfilter", "searchrequest")
FILTER_OPERATORS = ("=", "!=", "in", "not in")
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
        if term.field.casefold() in FILTER_NAMES:
            return _kept(term, viewer, now)
        return condition(term, viewer, now)
    except JqlError as error:
        complaints += error.messages
        return lambda _issue: False


def _kept(term: Term, viewer: Viewer, now: datetime) -> Condition:
    """What saved filters find; one that leads back to itself is refused."""
    if term.operator not in FILTER_OPERATORS:
        raise JqlError(f"The field '{term.field}' does not take the operator '{term.operator}'.")
    found = [_query_of(operand, viewer, now) for operand in term.operands]
    if term.operator in ("=", "in"):
        return lambda issue: any(matches(issue) for matches in found)
    return lambda issue: not any(matches(issue) for matches in found)


def _query_of(operand: Operand, viewer: Viewer, now: datetime) -> Condition:
    text = operand.text if isinstance(operand, Value) else ""
    kept = viewer.saved_filter(text) if text else None
    if kept is None:
        if viewer.lenient:
            return lambda _issue: False
        raise JqlError(f"A value with ID '{text}' does not exist for the field 'filter'.")
    if kept.id in viewer.inside:
        raise JqlError(
            f"The filter '{kept.name}' leads back to itself by way of 'filter = {text}'."
        )
    return prepare(kept.jql, replace(viewer, inside=viewer.inside | {kept.id}), now).matches


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
