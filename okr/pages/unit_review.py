"""A cycle of a unit on paper: what was reached, what was said on the way, and how it ended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from okr.models import CheckIn, Closure, KeyResult, Level, Objective, Person, Review, Unit
from okr.models.policy import told_outside
from okr.pages import words
from okr.pages.calendar import Calendar
from okr.pages.counts import Tally, counts
from okr.pages.rows import Row, lowest, rows_of
from okr.pages.standing import standings_now
from okr.pages.team import key_results_of
from okr.pages.units import UnitTree, at_home_in

MOST_OBJECTIVES = 100
MOST_NOTES = 500


@dataclass(frozen=True, slots=True)
class Chapter:
    """An objective with everything that was written about it in the cycle."""

    objective: Objective
    rows: list[Row]
    notes: list[CheckIn]
    reviews: list[Review]

    @property
    def confidence(self) -> str:
        return lowest(row.key_result.confidence for row in self.rows)

    @property
    def closure(self) -> Closure | None:
        return getattr(self.objective, "closure", None)


@dataclass(frozen=True, slots=True)
class UnitReview:
    unit: Unit
    calendar: Calendar
    progress: Decimal | None
    tallies: list[Tally]
    own: list[Chapter]
    theirs: list[Chapter]
    left_out: int
    now: datetime

    @property
    def against_pace(self) -> str:
        return words.against_pace(self.progress, self.calendar.expected)

    @property
    def chapters(self) -> list[Chapter]:
        return [*self.own, *self.theirs]

    @property
    def read(self) -> tuple[datetime, datetime] | None:
        """When the oldest and the newest of the numbers were read."""
        moments = [row.read_at for each in self.chapters for row in each.rows if row.read_at]
        return (min(moments), max(moments)) if moments else None


def unit_review(
    unit: Unit, person: Person, calendar: Calendar, now: datetime, *, for_everybody: bool = False
) -> UnitReview:
    """As this person sees it; for everybody, only what may also be told outside the product."""
    tree = UnitTree()
    objectives = _objectives(unit, person, calendar, for_everybody=for_everybody)
    chapters = chapters_of(objectives[:MOST_OBJECTIVES], person, calendar)
    found = key_results_of([unit.pk], person, calendar)
    if for_everybody:
        found = found.filter(told_outside("objective__"))
    return UnitReview(
        unit=unit,
        calendar=calendar,
        progress=next(iter(standings_now(tree, calendar.cycle).of(unit)), None),
        tallies=counts(found, now, "Not checked in this week"),
        own=[each for each in chapters if each.objective.level == Level.UNIT],
        theirs=[each for each in chapters if each.objective.level != Level.UNIT],
        left_out=len(objectives[MOST_OBJECTIVES:]),
        now=now,
    )


def _objectives(
    unit: Unit, person: Person, calendar: Calendar, *, for_everybody: bool
) -> list[Objective]:
    visible = Objective.objects.visible_to(person).filter(cycle=calendar.cycle)
    if for_everybody:
        visible = visible.filter(told_outside())
    return list(visible.filter(at_home_in([unit.pk])).for_cards().order_by("owner__name", "id"))


def chapters_of(
    objectives: Sequence[Objective], person: Person, calendar: Calendar
) -> list[Chapter]:
    of_these = KeyResult.objects.filter(objective__in=[each.pk for each in objectives])
    rows = rows_of(of_these.order_by("objective_id", "id"), person, calendar)
    by_objective, notes = _grouped(rows), _notes(rows)
    reviews: dict[int, list[Review]] = defaultdict(list)
    for review in Review.objects.filter(objective__in=objectives).select_related("reviewer"):
        reviews[review.objective_id].append(review)
    return [
        Chapter(each, by_objective[each.pk], notes[each.pk], reviews[each.pk])
        for each in objectives
    ]


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.key_result.objective_id].append(row)
    return grouped


def _notes(rows: Iterable[Row]) -> dict[int, list[CheckIn]]:
    """What was noted at check-ins, by objective, in the order of the cycle."""
    said = CheckIn.objects.standing().filter(key_result__in=[row.key_result.pk for row in rows])
    newest = said.exclude(note="").select_related("by", "key_result", "measurement")
    notes: dict[int, list[CheckIn]] = defaultdict(list)
    for check_in in reversed(newest.order_by("-at", "-id")[:MOST_NOTES]):
        notes[check_in.key_result.objective_id].append(check_in)
    return notes
