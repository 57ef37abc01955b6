"""What could be carried forward from a cycle, and how each key result would look there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q

from okr.models import Cycle, KeyResult, Kind, Objective, Outcome, Person
from okr.models.carrying import Way, heir, way_left
from okr.models.objective import ObjectiveQuerySet
from okr.pages.calendar import long_date
from okr.pages.company import in_cycle
from okr.pages.words import value
from okr.progress import WHOLE, shown

OBJECTIVES_A_PAGE = 25
LEFT_OUT = "Finished, so it stays behind"


@dataclass(frozen=True, slots=True)
class Preview:
    """A key result as it is, and as it would be."""

    key_result: KeyResult
    way: Way | None

    @property
    def now(self) -> str:
        return f"{shown(self.key_result.progress)} now"

    @property
    def words(self) -> str:
        if self.way is None:
            return LEFT_OUT
        row, way = self.key_result, self.way
        if row.is_milestones:
            first, count = way.milestones[0], len(way.milestones)
            steps = "1 milestone" if count == 1 else f"{count} milestones"
            return f"{steps} left, the first due on {long_date(first.due_on)}"
        if row.is_threshold:
            return f"{row.get_kind_display()} {value(row, way.target)}, as before"
        if row.kind == Kind.YES_NO:
            return f"{value(row, way.start)}, as before"
        span = f"From {value(row, way.start)} to {value(row, way.target)}"
        return f"{span}, starting anew" if way.is_rebased else f"{span}, as before"


@dataclass(frozen=True, slots=True)
class Candidate:
    objective: Objective
    previews: list[Preview]
    owner: Person
    is_there: bool
    is_proposed: bool

    @property
    def has_new_owner(self) -> bool:
        return self.owner != self.objective.owner


def targets(cycle: Cycle) -> list[Cycle]:
    """Open cycles that begin later, the next one first."""
    later = Cycle.objects.filter(closed_at=None, starts_on__gt=cycle.starts_on)
    following = later.filter(starts_on__gt=cycle.ends_on)
    first = following.order_by("starts_on", "ends_on").first()
    others = later.exclude(pk=first.pk) if first else later
    return [*([first] if first else []), *others.order_by("starts_on", "ends_on")]


def unfinished(cycle: Cycle, into: Cycle, person: Person) -> ObjectiveQuerySet:
    """What is below 100%, or is to go on; with whether it is in the other cycle already."""
    there = Objective.objects.filter(carried_from=OuterRef("pk"), cycle=into)
    going_on = ~Q(progress=WHOLE) | Q(progress=None) | Q(closure__outcome=Outcome.CONTINUE)
    rows = in_cycle(person, cycle).filter(going_on).annotate(is_there=Exists(there))
    return rows.select_related("owner__manager", "cycle", "closure", "unit")


def candidates(
    cycle: Cycle, into: Cycle, person: Person, number: str | None
) -> tuple["Page[Objective]", list[Candidate]]:
    page = Paginator(unfinished(cycle, into, person), OBJECTIVES_A_PAGE).get_page(number)
    objectives = list(page)
    previews = _previews(objectives, into)
    return page, [_candidate(each, previews[each.pk], person) for each in objectives]


def _candidate(objective: Objective, previews: list[Preview], person: Person) -> Candidate:
    closure = getattr(objective, "closure", None)
    ends_here = closure is not None and closure.outcome == Outcome.CLOSE
    there: bool = objective.is_there  # type: ignore[attr-defined]  # annotated by `unfinished`
    return Candidate(
        objective=objective,
        previews=previews,
        owner=heir(objective.owner, person),
        is_there=there,
        is_proposed=not (there or ends_here or objective.progress == WHOLE),
    )


def _previews(objectives: Sequence[Objective], into: Cycle) -> dict[int, list[Preview]]:
    """In two queries; an assigned objective is taken to be carried along."""
    found: dict[int, list[Preview]] = {each.pk: [] for each in objectives}
    rows = (
        KeyResult.objects.filter(objective__in=found)
        .select_related("objective__cycle", "assigned_objective")
        .prefetch_related("milestones")
        .order_by("pk")
    )
    for row in rows:
        fed = bool(row.tracked_by) or hasattr(row, "assigned_objective")
        found[row.objective_id].append(Preview(row, way_left(row, into, fed=fed)))
    return found
