"""Re-derives the stored progress of objectives from their parts, upward and set by set."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.utils import timezone

from okr.models.together import write_together
from okr.progress import Part, rollup

if TYPE_CHECKING:
    from okr.models.objective import Objective


def carry_upward(objective_ids: Collection[int | None], at: datetime | None = None) -> list[int]:
    """Derives these objectives and, as far as numbers move, what they contribute to.

    An objective that was assigned from a key result moves that, which is recorded as measured `at`.
    Answers the ids of the objectives whose number moved. Call it inside the transaction that
    changed a part; the cost is a few statements a level of the tree, whatever the number of rows.
    """
    moved: list[int] = []
    waiting = {pk for pk in objective_ids if pk}
    while waiting:
        derived, changed = _derive(waiting)
        giving = changed if moved else derived
        moved += [objective.pk for objective in changed]
        waiting = {objective.parent_id for objective in changed if objective.parent_id}
        waiting |= _hand_over(giving, at or timezone.now())
    return moved


def _hand_over(objectives: Collection["Objective"], at: datetime) -> set[int]:
    """Moves the key results that these were assigned from; answers whose key results moved."""
    assigned = [each.pk for each in objectives if each.assigned_from_id]
    if not assigned:
        return set()
    giving = apps.get_model("okr", "Objective").objects.filter(pk__in=assigned)
    rows = giving.moving_their_parent().values_list("assigned_from_id", "progress")
    shares = {pk: share for pk, share in rows if pk is not None and share is not None}
    return set(apps.get_model("okr", "KeyResult").objects.take_over(shares, at))


def _derive(objective_ids: set[int]) -> tuple[list["Objective"], list["Objective"]]:
    """All of these, and those among them whose number moved."""
    objectives: models.QuerySet[Objective] = (
        apps.get_model("okr", "Objective").objects.filter(pk__in=objective_ids).order_by("pk")
    )
    # Locked before the parts are read: who waits here must see what the one before committed.
    locked = list(
        objectives.select_for_update().only("pk", "parent_id", "assigned_from_id", "progress")
    )
    parts = parts_of(objective_ids)
    changed = []
    for objective in locked:
        progress = rollup(parts[objective.pk])
        if progress != objective.progress:
            objective.progress = progress
            changed.append(objective)
    write_together(changed, ["progress"])
    return locked, changed


def parts_of(objective_ids: Collection[int]) -> dict[int, list[Part]]:
    """What counts toward each objective: its key results and the objectives under it."""
    key_results = apps.get_model("okr", "KeyResult").objects.filter(objective__in=objective_ids)
    below = apps.get_model("okr", "Objective").objects.filter(parent__in=objective_ids)
    parts: dict[int, list[Part]] = defaultdict(list)
    directly = below.moving_their_parent().filter(assigned_from=None)
    for rows, column in ((key_results, "objective_id"), (directly, "parent_id")):
        for into, progress, weight in rows.values_list(column, "progress", "weight"):
            parts[into].append(Part(progress, weight))
    return parts
