"""Teams as files: their list, what one of them works on, and the review of its cycle."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from okr.exports import Cell, Sheet
from okr.models import Closure, KeyResult, Objective, Person, Unit
from okr.pages.calendar import Calendar
from okr.pages.counts import chosen
from okr.pages.standing import standings_now
from okr.pages.takeaway import CHUNK, COLUMNS, rows_of_objectives
from okr.pages.teams import teams
from okr.pages.units import UnitTree, at_home_in

TEAMS = (
    "team", "lead", "people", "objectives", "on_track", "at_risk", "off_track", "progress",
)  # fmt: skip
REVIEW = (
    "objective", "level", "owner", "progress", "score", "outcome", "closed_on", "retrospective",
    "reviewer", "rating", "of", "comment",
)  # fmt: skip


def teams_sheet(person: Person, calendar: Calendar) -> Sheet:
    tree = UnitTree()
    rows = (
        (
            team.unit.name,
            team.unit.lead.name if team.unit.lead else "",
            team.people,
            team.objectives,
            team.on_track,
            team.at_risk,
            team.off_track,
            team.progress,
        )
        for team in teams(person, calendar, tree.places(), standings_now(tree, calendar.cycle))
    )
    return Sheet(f"Teams {calendar.cycle}", TEAMS, rows)


def team_sheet(
    unit: Unit, person: Person, calendar: Calendar, filtered: str, now: datetime
) -> Sheet:
    """A unit's objectives and those of its people; with a filter, only the key results it keeps."""
    at_home = Objective.objects.visible_to(person).filter(at_home_in([unit.pk]))
    objectives = at_home.filter(cycle=calendar.cycle).order_by("owner__name", "id")
    key_results = KeyResult.objects.filter(chosen(filtered, now)).select_related("owner")
    if filtered:
        objectives = objectives.filter(pk__in=key_results.values("objective"))
    rows = rows_of_objectives(objectives, key_results, person)
    return Sheet(f"{unit} {calendar.cycle}", COLUMNS, rows)


def review_sheet(unit: Unit, person: Person, calendar: Calendar) -> Sheet:
    """One row for each review of an objective, or one for an objective without any."""
    return Sheet(f"Review {unit} {calendar.cycle}", REVIEW, _reviews(unit, person, calendar))


def _reviews(unit: Unit, person: Person, calendar: Calendar) -> Iterator[tuple[Cell, ...]]:
    seen = Objective.objects.visible_to(person).filter(at_home_in([unit.pk]))
    rows = seen.filter(cycle=calendar.cycle).select_related("owner", "closure")
    ordered = rows.prefetch_related("reviews__reviewer").order_by("owner__name", "id")
    for objective in ordered.iterator(CHUNK):
        reviews = objective.reviews.all()
        for review in reviews:
            said = (review.reviewer.name, review.rating, review.scale, review.comment)
            yield (*_ended(objective), *said)
        if not reviews:
            yield (*_ended(objective), "", None, None, "")


def _ended(objective: Objective) -> tuple[Cell, ...]:
    closure: Closure | None = getattr(objective, "closure", None)
    told: tuple[Cell, ...] = (None, "", None, "")
    if closure:
        day = timezone.localdate(closure.at)
        told = (closure.score, closure.outcome, day, closure.retrospective)
    owner = objective.owner.name
    return (objective.title, objective.level, owner, objective.progress, *told)
