"""Turning one term of a query into a yes-or-no question about an issue."""

import math
import operator
from collections.abc import Callable
from datetime import datetime
from typing import Any

from jira_sandbox.jql.columns import OPERATORS, Column, Held, Sort, find_column
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.moments import FUNCTIONS, moment
from jira_sandbox.jql.tree import Empty, Function, Operand, Term, Value, Words
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.viewer import Viewer

Condition = Callable[[Issue], bool]
ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
CURRENT_USER = "currentuser"
PEOPLE = ("assignee", "reporter")


def condition(term: Term, viewer: Viewer, now: datetime) -> Condition:
    column = find_column(term.field)
    if column is None:
        raise JqlError(
            f"The field '{term.field}' does not exist, or this account may not look at it."
        )
    if term.operator not in OPERATORS[column.sort]:
        raise JqlError(f"The field '{column.name}' does not take the operator '{term.operator}'.")
    if all(_is_empty(column, operand) for operand in term.operands):
        return _emptiness(column, term, viewer)
    if column.sort is Sort.TEXT:
        return _containing(column, term, viewer)
    meanings = [_meaning(column, operand, viewer, now) for operand in term.operands]
    if term.operator in ORDERED:
        return _ordering(column, term.operator, meanings[0], viewer)
    return _membership(column, term, frozenset().union(*meanings), viewer)


def word_search(words: Words) -> Condition:
    wanted = [word.casefold() for word in words.words]
    return lambda issue: all(_has_word(issue.summary, word) for word in wanted)


def _is_empty(column: Column, operand: Operand) -> bool:
    if isinstance(operand, Value) and column.empty_word:
        return operand.text.casefold() == column.empty_word
    return isinstance(operand, Empty)


def _emptiness(column: Column, term: Term, viewer: Viewer) -> Condition:
    if term.operator in ("is", "=", "in"):
        return lambda issue: not column.held(issue, viewer)
    if term.operator in ("is not", "!=", "not in"):
        return lambda issue: bool(column.held(issue, viewer))
    raise JqlError(f"The operator '{term.operator}' cannot be used with EMPTY.")


def _containing(column: Column, term: Term, viewer: Viewer) -> Condition:
    operand = term.operands[0]
    if not isinstance(operand, Value) or not operand.text.strip():
        raise JqlError(f"The field '{column.name}' is searched for words, and none are given.")
    wanted = operand.text.casefold().split()

    def contains(issue: Issue) -> bool:
        held = column.held(issue, viewer)
        return any(all(_has_word(text, word) for word in wanted) for text in held)

    if term.operator == "~":
        return contains
    return lambda issue: not contains(issue)


def _has_word(text: str, word: str) -> bool:
    """A whole word, or the beginning of one when the searched word ends in a star."""
    words = "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
    wanted = "".join(sign if sign.isalnum() else " " for sign in word).split()
    if word.endswith("*") and wanted:
        return any(each.startswith(wanted[-1]) for each in words)
    return bool(wanted) and all(each in words for each in wanted)


def _meaning(column: Column, operand: Operand, viewer: Viewer, now: datetime) -> frozenset[Any]:
    match operand:
        case Empty():
            return frozenset({None})
        case Function(name):
            return _function(column, operand, name.casefold(), viewer, now)
        case Value(text) if column.sort is Sort.DATE:
            return _moment(column, operand, text, now)
        case Value(text) if column.sort is Sort.NUMBER:
            return _number(column, text)
        case Value(text):
            return _choice(column, text, viewer)


def _choice(column: Column, text: str, viewer: Viewer) -> frozenset[Any]:
    """An anonymous caller learns nothing, not even that a value is wrong."""
    meant = column.meant(text, viewer)
    if not meant and viewer.account and not viewer.lenient:
        raise JqlError(f"The field '{column.name}' has no value '{text}'.")
    return meant


def _moment(column: Column, operand: Operand, text: str, now: datetime) -> frozenset[Any]:
    at = moment(operand, now)
    if at is None:
        raise JqlError(
            f"'{text}' is no date for the field '{column.name}'. "
            "Write 2026-05-31, '2026-05-31 18:00', or a distance such as -7d."
        )
    return frozenset({at})


def _number(column: Column, text: str) -> frozenset[Any]:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise JqlError(f"'{text}' is no number, as the field '{column.name}' needs.")
    return frozenset({number})


def _function(
    column: Column, call: Function, name: str, viewer: Viewer, now: datetime
) -> frozenset[Any]:
    if name == CURRENT_USER and column.name in PEOPLE:
        return frozenset({viewer.account.id if viewer.account else "nobody"})
    if name in FUNCTIONS and column.sort is Sort.DATE:
        return _moment(column, call, f"{call.name}({', '.join(call.arguments)})", now)
    if name in (*FUNCTIONS, CURRENT_USER):
        raise JqlError(f"The function '{call.name}' gives nothing for the field '{column.name}'.")
    raise JqlError(f"There is no function '{call.name}' for the field '{column.name}'.")


def _ordering(column: Column, sign: str, meant: frozenset[Any], viewer: Viewer) -> Condition:
    compare, wanted = ORDERED[sign], next(iter(meant))
    return lambda issue: any(compare(held, wanted) for held in column.held(issue, viewer))


def _membership(column: Column, term: Term, meant: frozenset[Any], viewer: Viewer) -> Condition:
    """What is empty is neither equal nor unequal to anything, as in SQL."""

    def among(held: Held) -> bool:
        return any(value in meant for value in held or (None,))

    if term.operator in ("=", "in"):
        return lambda issue: among(column.held(issue, viewer))
    return lambda issue: bool(held := column.held(issue, viewer)) and not among(held)
