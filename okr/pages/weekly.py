"""Where every unit stood at the end of each week of a cycle, derived from the record.

Key results by their last measurement until then, objectives by the same roll-up as today's
numbers, in two queries for any number of weeks. Only what is public counts.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.cache import cache

from okr.models import KeyResult, Unit
from okr.models.objective import ObjectiveQuerySet
from okr.pages.calendar import Calendar, end_of
from okr.pages.rows import with_weeks
from okr.pages.standing import Line, Standing, StandingsThen, counted
from okr.pages.units import UnitTree, home
from okr.progress import NONE, Part, rollup

MOST_POINTS = 14
LARGE, KEPT_FOR = 2_000, 300  # objectives; seconds
ALONE = (None, NONE)  # what was assigned from a key result moves that, which the record knows


@dataclass(frozen=True, slots=True)
class WeekEnd:
    """A week of the cycle, counted from 1, and its last day as far as it has passed."""

    number: int
    day: date

    @property
    def moment(self) -> datetime:
        return end_of(self.day)


@dataclass(frozen=True, slots=True)
class UnitLines:
    """By the id of a unit, None for the company; `at` is when they were worked out."""

    at: datetime
    lines: dict[int | None, list[Decimal | None]]

    def of(self, unit: Unit | None) -> list[Decimal | None]:
        return self.lines.get(unit.pk if unit else None, [])


def weeks_until_today(calendar: Calendar) -> list[WeekEnd]:
    latest, _ = calendar.cycle.week(calendar.today)
    last = min(calendar.today, calendar.cycle.ends_on)
    return [
        WeekEnd(number, min(calendar.cycle.starts_on + timedelta(weeks=number, days=-1), last))
        for number in range(1, latest + 1)
    ]


def thinned(weeks: Sequence[WeekEnd], recent: int) -> list[WeekEnd]:
    """Enough weeks for a picture of a long cycle: evenly spaced ones, and all the recent."""
    step = -(-len(weeks) // MOST_POINTS)
    kept = {week.number for week in [*weeks[::-1][::step], *weeks[-recent:]]} if weeks else set()
    return [week for week in weeks if week.number in kept]


def lines_at(
    tree: UnitTree, calendar: Calendar, weeks: Sequence[WeekEnd], now: datetime
) -> UnitLines:
    """The progress of the company and of each unit at the end of each of these weeks.

    They are the same for every reader; those of a large company are worked out every five minutes.
    """
    if counted(calendar.cycle).count() < LARGE:
        return _derived(tree, calendar, weeks, now)
    days = ".".join(str(week.day.toordinal()) for week in weeks)
    key = f"unit-lines-{calendar.cycle.pk}-{days}"
    kept: UnitLines | None = cache.get(key)
    if kept is None:
        kept = _derived(tree, calendar, weeks, now)
        cache.set(key, kept, KEPT_FOR)
    return kept


def _derived(
    tree: UnitTree, calendar: Calendar, weeks: Sequence[WeekEnd], now: datetime
) -> UnitLines:
    standings = standings_at(tree, calendar, weeks)
    shown = (None, *tree.units.values())
    return UnitLines(now, {unit.pk if unit else None: standings.of(unit) for unit in shown})


def standings_at(tree: UnitTree, calendar: Calendar, weeks: Sequence[WeekEnd]) -> StandingsThen:
    """The progress of each unit at the end of each of these weeks."""
    objectives = counted(calendar.cycle)
    directly = objectives.filter(assigned_from=None)
    above = {pk: (parent, w) for pk, parent, w in directly.values_list("pk", "parent", "weight")}
    rows = list(objectives.values_list("pk", home(), "level"))
    above |= {pk: ALONE for pk, *_ in rows if pk not in above}
    lines = _rolled_up(above, _measured(objectives, weeks))
    nothing = [None] * len(weeks)
    found = (Standing(unit, level, lines.get(pk, nothing)) for pk, unit, level in rows)
    return StandingsThen(tree, found)


Parts = dict[int, list[tuple[Decimal, Line]]]


def _measured(objectives: ObjectiveQuerySet, weeks: Sequence[WeekEnd]) -> Parts:
    """By objective: the weight of each key result, and where it stood at the end of each week.

    A key result that nobody has measured yet counts as 0 beside others that somebody has.
    """
    moments = [week.moment for week in weeks]
    rows = with_weeks(KeyResult.objects.filter(objective__in=objectives), moments).order_by()
    names = [f"week_{number}" for number in range(len(weeks))]
    found: dict[int, list[tuple[Decimal, datetime, Line]]] = defaultdict(list)
    for pk, weight, created_at, *line in rows.values_list(
        "objective", "weight", "created_at", *names
    ):
        found[pk].append((weight, created_at, line))
    return {pk: _with_zeros(parts, moments) for pk, parts in found.items()}


def _with_zeros(
    parts: Sequence[tuple[Decimal, datetime, Line]], moments: Sequence[datetime]
) -> list[tuple[Decimal, Line]]:
    known = [
        any(at is not None for at in each) for each in zip(*(p[2] for p in parts), strict=True)
    ]
    return [
        (
            weight,
            [
                NONE if at is None and is_known and created_at <= moment else at
                for at, is_known, moment in zip(line, known, moments, strict=True)
            ],
        )
        for weight, created_at, line in parts
    ]


def _rolled_up(above: dict[int, tuple[int | None, Decimal]], parts: Parts) -> dict[int, Line]:
    """Every objective's line, those at the leaves first."""
    missing = Counter(parent for parent, _ in above.values())
    ready = [pk for pk in above if not missing[pk]]
    lines: dict[int, Line] = {}
    while ready:
        pk = ready.pop()
        lines[pk] = _line(parts.get(pk, []))
        parent, weight = above[pk]
        if parent not in above:
            continue
        if lines[pk]:
            parts.setdefault(parent, []).append((weight, lines[pk]))
        missing[parent] -= 1
        if not missing[parent]:
            ready.append(parent)
    return {pk: line for pk, line in lines.items() if line}


def _line(parts: Sequence[tuple[Decimal, Line]]) -> list[Decimal | None]:
    """One roll-up a week; where nothing moved since the week before, the same again."""
    weights = [weight for weight, _ in parts]
    line: list[Decimal | None] = []
    before: tuple[Decimal | None, ...] | None = None
    for moment in zip(*(line for _, line in parts), strict=True):
        same = moment == before
        line.append(line[-1] if same else rollup(map(Part, moment, weights)))
        before = moment
    return line
