"""The admin's list of cycles: what is planned, running and closed, and how far each has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from okr.models import Cycle
from okr.models.approval import Approval
from okr.pages.calendar import Calendar, long_date
from okr.progress import PLACES

CYCLES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle as the list shows it."""

    cycle: Cycle
    calendar: Calendar
    objectives: int
    progress: Decimal | None

    @property
    def has_ended(self) -> bool:
        return self.calendar.today > self.cycle.ends_on and self.cycle.closed_at is None

    @property
    def words(self) -> str:
        """Where it stands in time, in a few words."""
        if self.cycle.closed_at:
            return f"Closed on {long_date(timezone.localdate(self.cycle.closed_at))}"
        if self.has_ended:
            return f"Ended on {long_date(self.cycle.ends_on)}, not closed yet"
        if self.calendar.is_running:
            week, weeks = self.cycle.week(self.calendar.today)
            return f"Week {week} of {weeks}"
        return f"Starts on {long_date(self.cycle.starts_on)}"


def cycles_page(today: date, number: str | None) -> tuple["Page[Any]", list[CycleRow]]:
    """One page of the cycles, the newest first, in two queries."""
    page = Paginator(_counted(), CYCLES_A_PAGE).get_page(number)
    return page, [_row(cycle, today) for cycle in page]


def cycle_rows(today: date) -> Iterator[CycleRow]:
    """All of them, the newest first, in one query."""
    return (_row(cycle, today) for cycle in _counted().iterator())


def _counted() -> QuerySet[Any]:
    return Cycle.objects.newest_first().annotate(
        found=Count("objectives"),
        gained=Sum(F("objectives__progress") * F("objectives__weight"), filter=_at_the_top()),
        possible=Sum("objectives__weight", filter=_at_the_top()),
    )


def _at_the_top() -> Q:
    """What counts and contributes to nothing else stands for the cycle, by its weight."""
    approved = Q(objectives__approval=Approval.APPROVED)
    return approved & Q(objectives__parent=None, objectives__progress__isnull=False)


def _row(cycle: Any, today: date) -> CycleRow:
    progress = None
    if cycle.possible:
        progress = (Decimal(cycle.gained) / Decimal(cycle.possible)).quantize(PLACES)
    return CycleRow(cycle, Calendar(cycle, today), cycle.found, progress)
