"""Who stands above whom, over every way to be aligned at once; and that no circle is closed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from okr.models.change import Change
from okr.models.closure import refuse_if_closed
from okr.models.person import Person

if TYPE_CHECKING:
    from okr.models.key_result import KeyResult
    from okr.models.objective import Objective

STAYS_ASSIGNED = "It was assigned from a key result there. Take that back before you move it."
SEEN_BY_ALL = "It moves a key result that everybody sees, so it cannot be confidential."
CIRCLE = "That would close a circle in the alignment."
ABOVE = """
WITH RECURSIVE above(id, parent_id) AS (
  SELECT id, parent_id FROM okr_objective WHERE id = %s
  UNION
  SELECT next.id, next.parent_id FROM okr_objective next JOIN above ON next.id = above.parent_id
)
SELECT id, parent_id FROM above
"""
Edge = tuple[int, int]


def hold_graph(*cycle_ids: int | None) -> None:
    """Waits for whoever changes the alignment in these cycles; call it in a transaction."""
    named = [pk for pk in cycle_ids if pk is not None]
    cycles = apps.get_model("okr", "Cycle").objects.filter(pk__in=named)
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


def refuse_circle(objective: Any, above: Collection[int], field: str) -> None:
    """Raises ValidationError for the field where one of those above already stands below."""
    if objective.pk and above and not branch_of(objective).isdisjoint(above):
        raise ValidationError({field: CIRCLE})


class Aligned(models.Model):
    """What stands in the graph beside its parent: what it moves, and what it only helps."""

    assigned_from = models.OneToOneField(
        "okr.KeyResult",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="assigned_objective",
        help_text="The key result that was assigned on as this objective, and that it moves.",
    )
    supports = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="supported_by",
        help_text="What it helps without moving its number.",
    )

    if TYPE_CHECKING:
        cycle_id: int
        parent_id: int | None
        visibility: str

    class Meta:
        abstract = True

    def ids_above(self) -> list[int]:
        """The ids of what it contributes to, the top first; one query, however deep it stands."""
        if self.parent_id is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(ABOVE, [self.parent_id])
            parents = dict(cursor.fetchall())
        steps: list[int] = []
        step = self.parent_id
        while step is not None and step in parents:
            steps.append(step)
            step = parents.pop(step)
        return steps[::-1]

    def suits(self, key_result: "KeyResult") -> None:
        """What was assigned on stays where its key result is, and as visible as that."""
        above = key_result.objective
        if self.parent_id != above.pk:
            raise ValidationError({"parent": STAYS_ASSIGNED})
        if self.visibility != "public" and above.visibility == "public":
            raise ValidationError({"visibility": SEEN_BY_ALL})

    def support(
        self,
        others: Collection[Any],
        *,
        by: Person | None = None,
        at: datetime | None = None,
    ) -> None:
        """Helps exactly these from now on, and moves none. Raises ValidationError in a circle."""
        with transaction.atomic():
            hold_graph(self.cycle_id)
            refuse_if_closed(self.pk)
            if any(each.cycle_id != self.cycle_id for each in others):
                raise ValidationError({"supports": "Choose objectives of the same cycle."})
            refuse_circle(self, {each.pk for each in others}, "supports")
            before, after = set(self.supports.all()), set(others)
            self.supports.set(others)
            gone, come = before - after, after - before
            Change.objects.link(self, "supports", gone, come, by=by, at=at)
