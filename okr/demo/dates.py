"""When the demo company does things, counted from today so that it is always mid-cycle."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from okr.models import Cycle

WEEKS = 13
WEEKS_BEHIND = 8


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often the owners of a cycle check in."""

    cycle: Cycle
    every: int

    def at(self, turn: int, seat: int) -> datetime:
        """The moment of a check-in; each seat has its working day and its time of day."""
        day = self.cycle.starts_on + timedelta(weeks=(turn - 1) * self.every, days=seat % 5)
        return _local(day, time(8 + seat % 9, seat * 7 % 60))

    def planned_at(self) -> datetime:
        return _local(self.cycle.starts_on - timedelta(days=4), time(10))


def running(today: date) -> Rhythm:
    """Thirteen weeks from a Monday, with today in the ninth; checked in weekly."""
    monday = today - timedelta(weeks=WEEKS_BEHIND, days=today.weekday())
    return Rhythm(_cycle_from(monday), every=1)


def past(today: date) -> Rhythm:
    """The thirteen weeks before; checked in every other week, closed three days after."""
    cycle = _cycle_from(running(today).cycle.starts_on - timedelta(weeks=WEEKS))
    cycle.closed_at = _local(cycle.ends_on + timedelta(days=3), time(16, 30))
    return Rhythm(cycle, every=2)


def to_come(today: date) -> Cycle:
    """The thirteen weeks after, for which nothing is written yet."""
    return _cycle_from(running(today).cycle.starts_on + timedelta(weeks=WEEKS))


def _cycle_from(monday: date) -> Cycle:
    sunday = monday + timedelta(weeks=WEEKS, days=-1)
    return Cycle(
        name=f"{monday:%-d %b} – {sunday:%-d %b %Y}",
        starts_on=monday,
        ends_on=sunday,
    )


def _local(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
