"""The objectives that one is tied to, as far as a person sees them: above, beside and before it."""

from dataclasses import dataclass

from django.db.models import Q

from okr.models import KeyResult, Objective, Person

ASSIGNED, COUNTS, SHOWN = TIES = ("assigned", "counts", "shown")
"""How an objective moves the one above it: through a key result, by its weight, or not at all."""


@dataclass(frozen=True, slots=True)
class Kin:
    """`above` begins at the top; `seen` are all that may be seen, by id, the earliest cycle first.

    `assigned_from` is the key result that it moves.
    """

    above: list[Objective]
    supports: list[Objective]
    supported_by: list[Objective]
    assigned_from: KeyResult | None
    seen: dict[int, Objective]


def kin_of(objective: Objective, person: Person) -> Kin:
    """In as many queries for every objective, however deep it stands."""
    above, supports, supported_by = objective.ids_above(), *_supports(objective)
    closure = getattr(objective, "closure", None)
    known = [objective.carried_from_id, closure and closure.with_objective_id]
    named = {*above, *supports, *supported_by, *known} - {None}
    rows = Objective.objects.filter(Q(pk__in=named) | Q(carried_from=objective))
    found = rows.visible_to(person).select_related("cycle").order_by("cycle__starts_on", "id")
    seen = {each.pk: each for each in found}
    return Kin(
        above=[seen[pk] for pk in above if pk in seen],
        supports=_by_title(seen, supports),
        supported_by=_by_title(seen, supported_by),
        assigned_from=_assigned_from(objective, person),
        seen=seen,
    )


def path_above(objective: Objective, person: Person) -> list[Objective]:
    """What the objective contributes to, the top first; without what the person may not see."""
    above = objective.ids_above()
    seen = Objective.objects.visible_to(person).in_bulk(above)
    return [seen[pk] for pk in above if pk in seen]


def tie(objective: Objective) -> str:
    if objective.assigned_from_id:
        return ASSIGNED
    return COUNTS if objective.weight else SHOWN


def _assigned_from(objective: Objective, person: Person) -> KeyResult | None:
    moved = objective.assigned_from_id
    return KeyResult.objects.visible_to(person).filter(pk=moved).first() if moved else None


def _supports(objective: Objective) -> tuple[set[int], set[int]]:
    """What it helps, and what helps it."""
    through = Objective.supports.through.objects
    pairs = through.filter(Q(from_objective=objective) | Q(to_objective=objective))
    found = list(pairs.values_list("from_objective_id", "to_objective_id"))
    return (
        {upper for lower, upper in found if lower == objective.pk},
        {lower for lower, upper in found if upper == objective.pk},
    )


def _by_title(seen: dict[int, Objective], wanted: set[int]) -> list[Objective]:
    found = (seen[pk] for pk in wanted if pk in seen)
    return sorted(found, key=lambda each: (each.title.casefold(), each.pk))
