"""Where a cycle stands on a given day, in numbers and in words."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Self

from django.utils import timezone

from okr.models import Cycle, Objective
from okr.progress import shown

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Calendar:
    cycle: Cycle
    today: date

    @classmethod
    def of(cls, objective: Objective, today: date) -> Self:
        """What was closed is held against the day it was closed, for ever."""
        closure = getattr(objective, "closure", None)
        days = [today, timezone.localdate(closure.at)] if closure else [today]
        return cls(objective.cycle, min(days))

    @property
    def expected(self) -> Decimal:
        """The progress that the calendar expects by today, in percent."""
        return self.cycle.pace(self.today)

    @property
    def words(self) -> str:
        """The line below a page's heading."""
        if self.today < self.cycle.starts_on:
            return f"Starts on {long_date(self.cycle.starts_on)}"
        if self.today > self.cycle.ends_on:
            return f"Ended on {long_date(self.cycle.ends_on)}"
        return f"{self.week} · expected progress {shown(self.expected)}"

    @property
    def week(self) -> str:
        week, weeks = self.cycle.week(self.today)
        return f"Week {week} of {weeks}"

    @property
    def is_running(self) -> bool:
        within = self.cycle.starts_on <= self.today <= self.cycle.ends_on
        return within and self.cycle.closed_at is None

    def recent_weeks(self) -> list[datetime]:
        """The ends of the last weeks inside the cycle, oldest first; today is the last."""
        last = min(self.today, self.cycle.ends_on)
        days = [last - timedelta(weeks=back) for back in reversed(range(WEEKS))]
        return [end_of(day) for day in days if day >= self.cycle.starts_on]


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def long_date(day: date) -> str:
    return f"{day:%-d %B %Y}"
