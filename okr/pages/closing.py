"""What is left to say before a cycle is closed, and what closing or opening it would do."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from okr.models import Closure, Cycle, KeyResult, Objective, Person
from okr.models.closure import below_all, without_words
from okr.models.objective import ObjectiveQuerySet
from okr.pages.company import in_cycle

OBJECTIVES_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Remaining:
    """`unsaid` of `total` objectives still need a retrospective."""

    total: int
    unsaid: int
    still_open: int

    @property
    def said(self) -> int:
        return self.total - self.unsaid


def unsaid_in(cycle: Cycle, person: Person) -> ObjectiveQuerySet:
    return in_cycle(person, cycle).filter(without_words())


def unsaid_page(cycle: Cycle, person: Person, number: str | None) -> "Page[Objective]":
    return Paginator(unsaid_in(cycle, person), OBJECTIVES_A_PAGE).get_page(number)


def remaining(cycle: Cycle) -> Remaining:
    objectives = cycle.objectives.all()
    return Remaining(
        total=objectives.count(),
        unsaid=objectives.filter(without_words()).count(),
        still_open=objectives.filter(closure=None).count(),
    )


def tracked_in(cycle: Cycle) -> int:
    """How many key results an integration would stop moving."""
    still_open = KeyResult.objects.filter(objective__cycle=cycle, objective__closure=None)
    return still_open.exclude(tracked_by="").count()


def reopening(cycle: Cycle) -> tuple[int, int]:
    """How many objectives would open with the cycle, and how many stay closed."""
    along = Closure.objects.filter(objective__cycle=cycle, with_cycle=True)
    own = Closure.objects.filter(objective__cycle=cycle, with_cycle=False)
    stuck = below_all(set(own.values_list("objective_id", flat=True)))
    opens = along.exclude(objective__in=stuck).count()
    return opens, cycle.objectives.count() - opens
