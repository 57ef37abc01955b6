"""What stays out of a document, for the person who is about to publish it: never its words."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import QuerySet

from okr.models import Approval, Cycle, Level, Objective, Person, Unit, Visibility
from okr.models.policy import told_outside
from okr.pages.units import at_home_in

CONFIDENTIAL, WAITING = "confidential", "not approved"
OF_SOME = "of people whose objectives not everybody may read"


def withheld(unit: Unit | None, cycle: Cycle, by: Person) -> str:
    """Counts those that this person sees: 2 confidential, 1 not approved. Empty where all of them
    are in it."""
    found = _objectives(unit, cycle, by).exclude(told_outside())
    counted = Counter(map(_why, found.values_list("visibility", "approval")))
    return ", ".join(_in_words(counted))


def _objectives(unit: Unit | None, cycle: Cycle, by: Person) -> QuerySet[Objective]:
    seen = Objective.objects.visible_to(by).filter(cycle=cycle).order_by()
    return seen.filter(at_home_in([unit.pk])) if unit else seen.filter(level=Level.COMPANY)


def _why(told: tuple[str, str]) -> str:
    visibility, approval = told
    if visibility == Visibility.CONFIDENTIAL:
        return CONFIDENTIAL
    return WAITING if approval != Approval.APPROVED else OF_SOME


def _in_words(counted: Counter[str]) -> Iterator[str]:
    for why in (CONFIDENTIAL, WAITING, OF_SOME):
        if counted[why]:
            yield f"{counted[why]} {why}"
