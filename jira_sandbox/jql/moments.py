"""Dates in a query: written out, relative to now, or by a function such as startOfWeek(-1)."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from jira_sandbox.jql.tree import Empty, Function, Operand, Value

RELATIVE = re.compile(r"(?P<count>[+-]?\d+)(?P<unit>[yMwdhm]?)")
LENGTHS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}
FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")
INSTANT = timedelta(microseconds=1)


def moment(operand: Operand, now: datetime) -> datetime | None:
    """None when the operand names no moment, or one beyond the calendar."""
    try:
        match operand:
            case Value(text):
                return _written(text) or _relative(text, now)
            case Function(name, arguments):
                return _computed(name.casefold(), arguments, now)
            case Empty():
                return None
    except (OverflowError, ValueError):
        return None


def _written(text: str) -> datetime | None:
    for pattern in FORMATS:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _relative(text: str, now: datetime) -> datetime | None:
    at = now
    for part in text.split():
        match = RELATIVE.fullmatch(part)
        if match is None or match["unit"] not in LENGTHS:
            return None
        at = _shift(at, int(match["count"]), match["unit"])
    return at if text.strip() else None


def _computed(name: str, arguments: tuple[str, ...], now: datetime) -> datetime | None:
    if name == "now" and not arguments:
        return now
    if name not in PERIODS or len(arguments) > 1:
        return None
    edge, unit = PERIODS[name]
    if not arguments:
        return edge(now)
    step = RELATIVE.fullmatch(arguments[0])
    return edge(_shift(now, int(step["count"]), step["unit"] or unit)) if step else None


def _shift(at: datetime, count: int, unit: str) -> datetime:
    if unit in LENGTHS:
        return at + LENGTHS[unit] * count
    return _shift_months(at, count * (12 if unit == "y" else 1))


def _shift_months(at: datetime, count: int) -> datetime:
    year, month = divmod(at.year * 12 + at.month - 1 + count, 12)
    day = min(at.day, monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)


def _start_of_day(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _start_of_week(at: datetime) -> datetime:
    """Weeks begin on Sunday, as on a site with the language English (United States)."""
    return _start_of_day(at) - timedelta(days=at.isoweekday() % 7)


def _start_of_month(at: datetime) -> datetime:
    return _start_of_day(at).replace(day=1)


def _start_of_year(at: datetime) -> datetime:
    return _start_of_month(at).replace(month=1)


def _end_of_day(at: datetime) -> datetime:
    return _start_of_day(at) + timedelta(days=1) - INSTANT


def _end_of_week(at: datetime) -> datetime:
    return _start_of_week(at) + timedelta(weeks=1) - INSTANT


def _end_of_month(at: datetime) -> datetime:
    return _shift_months(_start_of_month(at), 1) - INSTANT


def _end_of_year(at: datetime) -> datetime:
    return _shift_months(_start_of_year(at), 12) - INSTANT


PERIODS: dict[str, tuple[Callable[[datetime], datetime], str]] = {
    "startofday": (_start_of_day, "d"),
    "startofweek": (_start_of_week, "w"),
    "startofmonth": (_start_of_month, "M"),
    "startofyear": (_start_of_year, "y"),
    "endofday": (_end_of_day, "d"),
    "endofweek": (_end_of_week, "w"),
    "endofmonth": (_end_of_month, "M"),
    "endofyear": (_end_of_year, "y"),
}
FUNCTIONS = frozenset({"now", *PERIODS})
