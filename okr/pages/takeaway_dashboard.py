"""The dashboard as a file: its pictures week by week, or the key results behind a count."""

from collections.abc import Iterator
from datetime import datetime

from okr.burn_up import Point
from okr.exports import Cell, Sheet
from okr.models import KeyResult, Objective, Person, Unit
from okr.models.key_result import KeyResultQuerySet
from okr.pages.calendar import WEEKS, Calendar
from okr.pages.counts import chosen
from okr.pages.dashboard import around, key_results, series_of
from okr.pages.takeaway import COLUMNS, rows_of_objectives
from okr.pages.units import UnitTree
from okr.pages.weekly import lines_at, thinned, weeks_until_today

PACE = ("team", "week", "until", "progress", "even_pace", "ahead")


def dashboard_sheet(
    tree: UnitTree,
    unit: Unit | None,
    person: Person,
    calendar: Calendar,
    now: datetime,
    *,
    filtered: str = "",
) -> Sheet:
    name = f"{unit or 'Company'} {calendar.cycle}"
    if not filtered:
        return Sheet(f"Dashboard {name}", PACE, _weeks(tree, unit, calendar, now))
    kept = key_results(tree, unit, person, calendar).filter(chosen(filtered, now))
    return _behind_a_count(f"{filtered.replace('_', ' ')} {name}", kept, person)


def _weeks(
    tree: UnitTree, unit: Unit | None, calendar: Calendar, now: datetime
) -> Iterator[tuple[Cell, ...]]:
    """The burn-up's line first, then the teams of the heatmap, all of them."""
    weeks = thinned(weeks_until_today(calendar), WEEKS)
    lines = lines_at(tree, calendar, weeks, now)
    others = [place.unit for place in around(tree, unit) if place.unit != unit]
    for each in (unit, *others):
        name = each.name if each else "Company"
        points = series_of(lines, each, calendar, weeks)
        yield from ((name, *_point(point)) for point in points)


def _point(point: Point) -> tuple[Cell, ...]:
    return point.week, point.at.date(), point.progress, point.expected, point.ahead


def _behind_a_count(name: str, kept: KeyResultQuerySet, person: Person) -> Sheet:
    behind = Objective.objects.visible_to(person).filter(pk__in=kept.values("objective"))
    owned = KeyResult.objects.filter(pk__in=kept.values("pk")).select_related("owner")
    rows = rows_of_objectives(behind.order_by("id"), owned, person)
    return Sheet(name, COLUMNS, rows)
