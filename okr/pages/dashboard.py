"""The dashboard: how the company or a unit stands against the calendar, as pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.paginator import Page, Paginator

from okr import burn_up, heat
from okr.models import KeyResult, Person, Unit
from okr.models.key_result import KeyResultQuerySet
from okr.pages import words
from okr.pages.calendar import WEEKS, Calendar, end_of, start_of
from okr.pages.counts import Tally, chosen, counts
from okr.pages.heatmap import HeatRow, heat_rows
from okr.pages.rows import Row, rows_of
from okr.pages.team import key_results_of
from okr.pages.units import Choices, Place, UnitTree
from okr.pages.weekly import UnitLines, WeekEnd, lines_at, thinned, weeks_until_today
from okr.progress import shown, suggest_confidence

ROWS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Dashboard:
    unit: Unit | None
    calendar: Calendar
    tallies: list[Tally]
    pictures: tuple[burn_up.BurnUp, burn_up.BurnUp]
    points: list[burn_up.Point]
    worked_out_at: datetime
    weeks: list[WeekEnd]
    heat: list[HeatRow]
    more_units: int
    choices: Choices
    filtered: str
    rows: "Page[KeyResult] | None"
    listed: list[Row]

    @property
    def name(self) -> str:
        return self.unit.name if self.unit else "Company"

    @property
    def progress(self) -> Decimal | None:
        return self.points[-1].progress if self.points else None

    @property
    def against_pace(self) -> str:
        return words.against_pace(self.progress, self.calendar.expected)

    @property
    def tone(self) -> str:
        last = self.pictures[0].last
        word = suggest_confidence(last.point.progress, last.point.expected) if last else ""
        return word.replace("_", "-")

    @property
    def told(self) -> str:
        """The picture in a sentence, for those who do not see it."""
        week, weeks = self.calendar.cycle.week(self.calendar.today)
        return (
            f"{self.name} in week {week} of {weeks}: {shown(self.progress)},"
            f" even pace {shown(self.calendar.expected)}. {self.against_pace}."
        )

    @property
    def basis(self) -> str:
        whose = "the team’s objectives" if self.unit else "the company’s objectives"
        return f"The mean of {whose}, as far as everybody may see them."

    @property
    def newest_first(self) -> list[burn_up.Point]:
        return self.points[::-1]

    @property
    def heat_words(self) -> tuple[str, ...]:
        return heat.WORDS

    @property
    def filter_label(self) -> str:
        return next((each.label for each in self.tallies if each.value == self.filtered), "")

    @property
    def is_empty(self) -> bool:
        return all(point.progress is None for point in self.points)


def dashboard(
    tree: UnitTree,
    unit: Unit | None,
    person: Person,
    calendar: Calendar,
    now: datetime,
    *,
    filtered: str = "",
    number: str | None = None,
) -> Dashboard:
    weeks = thinned(weeks_until_today(calendar), WEEKS)
    lines, places = lines_at(tree, calendar, weeks, now), around(tree, unit)
    found = key_results(tree, unit, person, calendar)
    series = series_of(lines, unit, calendar, weeks)
    pictured = heat_rows(places, lines, weeks, series, unit)
    return Dashboard(
        unit=unit,
        calendar=calendar,
        tallies=counts(found, now, "Overdue check-ins"),
        pictures=_pictures(series, calendar, now),
        points=series,
        worked_out_at=lines.at,
        weeks=weeks[-WEEKS:],
        heat=pictured,
        more_units=len(places) - len(pictured),
        choices=tree.choices(unit.pk if unit else person.unit_id),
        filtered=filtered,
        rows=(rows := _filtered(found, filtered, now, number)),
        listed=_listed(rows, person, calendar),
    )


def key_results(
    tree: UnitTree, unit: Unit | None, person: Person, calendar: Calendar
) -> KeyResultQuerySet:
    if unit is None:
        return KeyResult.objects.visible_to(person).filter(objective__cycle=calendar.cycle)
    return key_results_of(tree.within(unit), person, calendar)


def around(tree: UnitTree, unit: Unit | None) -> list[Place]:
    """The unit with what is below it; one at the bottom among those beside it."""
    if unit and not tree.children(unit) and unit.parent_id:
        unit = tree.units[unit.parent_id]
    return tree.places(unit)


def _filtered(
    found: KeyResultQuerySet, filtered: str, now: datetime, number: str | None
) -> "Page[KeyResult] | None":
    """The key results behind a count, those that need attention most first."""
    if not filtered:
        return None
    kept = found.filter(chosen(filtered, now)).order_by("progress", "id")
    return Paginator(kept, ROWS_A_PAGE).get_page(number)


def _listed(page: "Page[KeyResult] | None", person: Person, calendar: Calendar) -> list[Row]:
    found = KeyResult.objects.filter(pk__in=[each.pk for each in page or ()])
    return rows_of(found.order_by("progress", "id"), person, calendar) if page else []


def series_of(
    lines: UnitLines, unit: Unit | None, calendar: Calendar, weeks: Sequence[WeekEnd]
) -> list[burn_up.Point]:
    line = lines.of(unit) or [None] * len(weeks)
    return [
        burn_up.Point(week.number, week.moment, calendar.cycle.pace(week.day), progress)
        for week, progress in zip(weeks, line, strict=True)
    ]


def _pictures(
    series: Sequence[burn_up.Point], calendar: Calendar, now: datetime
) -> tuple[burn_up.BurnUp, burn_up.BurnUp]:
    """The same for a desk and for a phone."""
    start, end = start_of(calendar.cycle.starts_on), end_of(calendar.cycle.ends_on)
    desk, phone = (
        burn_up.draw(series, start=start, end=end, now=now, size=size)
        for size in (burn_up.DESK, burn_up.PHONE)
    )
    return desk, phone
