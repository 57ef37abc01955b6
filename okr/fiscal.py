"""The quarters and the year of a company, from the month in which its year begins."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

MONTHS_A_YEAR, MONTHS_A_QUARTER = 12, 3
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of whole months; both ends are inside."""

    kind: Literal["quarter", "year"]
    name: str
    starts_on: date
    ends_on: date


def quarters(year: int, first_month: int) -> list[Period]:
    """The four of the fiscal year that starts in `year`: Q1 2026, or Q1 2026/27."""
    return [
        _period("quarter", f"Q{number + 1}", year, first_month, number * MONTHS_A_QUARTER)
        for number in range(MONTHS_A_YEAR // MONTHS_A_QUARTER)
    ]


def whole_year(year: int, first_month: int) -> Period:
    return _period("year", "Year", year, first_month, 0)


def year_of(day: date, first_month: int) -> int:
    """The calendar year in which the fiscal year around a day starts."""
    return day.year if day.month >= first_month else day.year - 1


def label(year: int, first_month: int) -> str:
    """2026 where it is the calendar's year, else 2026/27."""
    return str(year) if first_month == 1 else f"{year}/{(year + 1) % 100:02}"


def _period(
    kind: Literal["quarter", "year"], word: str, year: int, first_month: int, offset: int
) -> Period:
    length = MONTHS_A_QUARTER if kind == "quarter" else MONTHS_A_YEAR
    starts_on = _first_of(year, first_month + offset)
    ends_on = _first_of(year, first_month + offset + length) - DAY
    return Period(kind, f"{word} {label(year, first_month)}", starts_on, ends_on)


def _first_of(year: int, month: int) -> date:
    """Months are counted on: the thirteenth is January of the next year."""
    return date(year + (month - 1) // MONTHS_A_YEAR, (month - 1) % MONTHS_A_YEAR + 1, 1)
