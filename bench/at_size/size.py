"""How large a company is, and when its cycles are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

COMPANY_OBJECTIVES = 6
"""Few, however large the company is."""
WEEKS, WEEKS_PASSED = 13, 6


@dataclass(frozen=True, slots=True)
class Size:
    """`moments` is how often each key result was measured and judged."""

    name: str
    people: int
    objectives: int
    moments: int
    key_results_each: int = 4

    @property
    def key_results(self) -> int:
        return self.objectives * self.key_results_each

    @property
    def check_ins(self) -> int:
        return self.key_results * self.moments


SAMPLE = Size("sample", people=60, objectives=60, moments=3)
SMALL = Size("small", people=160, objectives=200, moments=6)
LARGE = Size("large", people=10_000, objectives=12_500, moments=12)
SIZES = {each.name: each for each in (SAMPLE, SMALL, LARGE)}


@dataclass(frozen=True, slots=True)
class Period:
    """A cycle, and how many of the company's objectives are in it."""

    pk: int
    name: str
    starts_on: date
    ends_on: date
    objectives: int
    is_over: bool

    @property
    def last_day(self) -> timedelta:
        """From its first day to the last one with anything on record."""
        weeks = WEEKS if self.is_over else WEEKS_PASSED
        return timedelta(weeks=weeks)


def periods(size: Size, today: date) -> Iterator[Period]:
    """Two that are over and closed, with a tenth of the objectives each, and the running one."""
    past = size.objectives // 10
    for number, objectives in enumerate((past, past, size.objectives - 2 * past)):
        starts_on = today - timedelta(weeks=WEEKS_PASSED + WEEKS * (2 - number))
        ends_on = starts_on + timedelta(weeks=WEEKS, days=-1)
        name = f"Cycle {number + 1}"
        yield Period(number + 1, name, starts_on, ends_on, objectives, is_over=number < 2)
