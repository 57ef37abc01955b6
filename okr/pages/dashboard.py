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
from okr.pages.rows import Row, rows_of
from okr.pages.team import key_results_of
from okr.pages.units import Place, UnitTree
from okr.pages.weekly import UnitLines, WeekEnd, lines_at, thinned, weeks_until_today
from okr.progress import shown, suggest_confidence

ROWS_A_PAGE = 20
MOST_UNITS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit in a week; without a gap where nothing was known yet."""

    week: WeekEnd
    ahead: int | None

    @property
    def step(self) -> int:
        return heat.step(self.ahead or 0)

    @property
    def signed(self) -> str:
        return heat.signed(self.ahead or 0)


@dataclass(frozen=True, slots=True)
class HeatRow:
    place: Place
    cells: list[Cell]
    is_chosen: bool


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
    choices: list[Place]
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
    def shown_heat(self) -> list[HeatRow]:
        return self.heat[:MOST_UNITS]

    @property
    def more_units(self) -> int:
        return len(self.heat[MOST_UNITS:])

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
    lines = lines_at(tree, calendar, weeks, now)
    found = key_results(tree, unit, person, calendar)
    rows = _filtered(found, filtered, now, number)
    series = series_of(lines, unit, calendar, weeks)
    return Dashboard(
        unit=unit,
        calendar=calendar,
        tallies=counts(found, now, "Overdue check-ins"),
        pictures=_pictures(series, calendar, now),
        points=series,
        worked_out_at=lines.at,
        weeks=weeks[-WEEKS:],
        heat=[_heat_row(place, lines, calendar, weeks, unit) for place in around(tree, unit)],
        choices=tree.places(),
        filtered=filtered,
        rows=rows,
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


def _heat_row(
    place: Place,
    lines: UnitLines,
    calendar: Calendar,
    weeks: Sequence[WeekEnd],
    chosen_unit: Unit | None,
) -> HeatRow:
    series = series_of(lines, place.unit, calendar, weeks)[-WEEKS:]
    cells = [Cell(week, each.ahead) for week, each in zip(weeks[-WEEKS:], series, strict=True)]
    return HeatRow(place, cells, place.unit == chosen_unit)
