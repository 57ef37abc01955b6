"""Who stands above whom, over every way to be aligned at once; and that no circle is closed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from okr.models.objective import Objective

CIRCLE = "That would close a circle in the alignment."
Edge = tuple[int, int]


def hold_graph(*cycle_ids: int | None) -> None:
    """Waits for whoever changes the alignment in these cycles; call it in a transaction."""
    cycles = apps.get_model("okr", "Cycle").objects.filter(pk__in=set(cycle_ids) - {None})
    list(cycles.select_for_update().order_by("pk").values_list("pk", flat=True))


def edges_of(cycle_id: int) -> list[Edge]:
    """Each objective of a cycle with what it contributes to, moves or supports: (below, above)."""
    objectives = apps.get_model("okr", "Objective")
    rows = objectives.objects.filter(cycle=cycle_id)
    through = objectives.supports.through.objects.filter(from_objective__cycle=cycle_id)
    return [
        *rows.exclude(parent=None).values_list("pk", "parent_id"),
        *rows.exclude(assigned_from=None).values_list("pk", "assigned_from__objective_id"),
        *through.values_list("from_objective_id", "to_objective_id"),
    ]


def everything_below(pk: int, edges: Iterable[Edge]) -> set[int]:
    """What leads to an objective at any depth, itself included."""
    below = defaultdict(list)
    for lower, upper in edges:
        below[upper].append(lower)
    found, waiting = {pk}, [pk]
    while waiting:
        fresh = set(below[waiting.pop()]) - found
        found |= fresh
        waiting += fresh
    return found


def branch_of(objective: "Objective") -> set[int]:
    """What cannot stand above the objective; a new one has nothing below it."""
    if not objective.pk:
        return set()
    return everything_below(objective.pk, edges_of(objective.cycle_id))


def refuse_circle(objective: "Objective", above: Collection[int], field: str) -> None:
    """Raises ValidationError for the field where one of those above already stands below."""
    if objective.pk and above and not branch_of(objective).isdisjoint(above):
        raise ValidationError({field: CIRCLE})
