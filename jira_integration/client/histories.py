"""What happened to an issue, as Jira's changelog tells it: records, and how they are read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from atlassian.client.shapes import ShapeError, moment, number, rows, table, text

from . import readings
from .records import TIMES

LARGEST_IN_SECONDS = 10**11
"""A larger number counts milliseconds: in seconds it would be in the year 5138."""
LAST_MOMENT = 253_402_300_799


@dataclass(frozen=True, slots=True)
class Change:
    """One field from one value to the next: ids and names, empty where there was no value.

    `field` is the field's id, also where Jira gives its name only; `number` orders what happened
    in the same moment.
    """

    at: datetime
    number: int
    field: str
    was: str
    was_text: str
    now: str
    now_text: str

    @property
    def amount_was(self) -> Decimal | None:
        """The number that was replaced, times in hours; None where there was none."""
        return amount(self.field, self.was if self.field in TIMES else self.was_text)


@dataclass(frozen=True, slots=True)
class History:
    """`changes` are those of the fields that were asked for, oldest first."""

    issue_id: int
    created: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """The fields that matter, by id, and by name for the versions that tell names only."""

    fields: Sequence[str]
    names: Mapping[str, str]

    def field_of(self, item: Any) -> str:
        """Its id; empty where it does not matter."""
        if told := text(item, "fieldId"):
            return told if told in self.fields else ""
        name = text(item, "field")
        return name if name in self.fields else self.names.get(name, "")


def history(issue_id: int, created: datetime, entries: Iterable[Any], sought: Sought) -> History:
    """Raises ShapeError where one entry cannot be read: less than all would be another history."""
    found = dict.fromkeys(change for entry in entries for change in changes(entry, sought))
    return History(issue_id, created, tuple(sorted(found, key=lambda each: (each.at, each.number))))


def changes(entry: Any, sought: Sought) -> list[Change]:
    items = rows(entry, "items")
    matter = [(field, item) for item in items if (field := sought.field_of(item))]
    if not matter:
        return []
    at, told = when(entry, "created"), entry.get("id")
    order = number(entry, "id") if told is not None else 0
    return [
        Change(
            at,
            order,
            field,
            text(item, "from"),
            text(item, "fromString"),
            text(item, "to"),
            text(item, "toString"),
        )
        for field, item in matter
    ]


def when(body: Any, name: str) -> datetime:
    """A moment as Jira writes it, or as a number of milliseconds or seconds."""
    told = body.get(name) if isinstance(body, dict) else None
    if type(told) is int and told >= 0:
        seconds = told / 1000 if told > LARGEST_IN_SECONDS else told
        if seconds <= LAST_MOMENT:
            return datetime.fromtimestamp(seconds, UTC)
    read = moment(told)
    if read is None:
        raise ShapeError(name)
    return read


def amount(field: str, told: str) -> Decimal | None:
    """A changelog tells numbers as text, and times in seconds."""
    try:
        return readings.size(field, float(told))
    except ValueError:
        return None


def born(row: Any) -> tuple[int, datetime]:
    """The number of an issue and when it was created."""
    return number(row, "id"), when(table(row, "fields"), "created")


def logs_by_issue(body: Any) -> dict[int, list[Any]]:
    """A page of the bulk answer: entries by the issue's number, not yet read."""
    found: dict[int, list[Any]] = {}
    for each in rows(body, "issueChangeLogs"):
        found.setdefault(number(each, "issueId"), []).extend(rows(each, "changeHistories"))
    return found


def page_of_one(body: Any) -> tuple[list[Any], bool]:
    """The entries of a page of one issue's changelog, and whether it is the last."""
    entries = rows(body, "values")
    if body.get("isLast") is True:
        return entries, True
    return entries, number(body, "startAt") + len(entries) >= number(body, "total")


def expanded(row: Any) -> tuple[list[Any], bool]:
    """The entries inside an issue, and whether they are all of them."""
    log = table(row, "changelog")
    entries = rows(log, "histories")
    return entries, log.get("total") is None or number(log, "total") <= len(entries)
