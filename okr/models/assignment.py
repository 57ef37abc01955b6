"""Hands a key result on as somebody's objective, which then moves it; and takes it back."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from okr.models.change import Change
from okr.models.closure import lock_open_cycle, refuse_if_closed
from okr.models.key_result import KeyResult
from okr.models.notification import Notification
from okr.models.objective import Objective
from okr.models.person import Person
from okr.models.preference import Occasion

CANNOT_BE_ASSIGNED = (
    "This key result cannot be assigned: only a number with a start and a target can be moved by an"
    " objective, and only one thing can move it."
)


def assign(
    key_result: KeyResult,
    objective: Objective,
    *,
    by: Person | None = None,
    at: datetime | None = None,
) -> None:
    """Keeps the objective, which moves nothing else, under the key result's own.

    Raises PermissionDenied, see above, and ValidationError where it cannot stand there.
    """
    with transaction.atomic():
        lock_open_cycle(key_result.objective.cycle_id)
        refuse_if_closed(key_result.objective_id)
        fresh = KeyResult.objects.select_for_update().get(pk=key_result.pk)
        if not fresh.can_be_assigned:
            raise PermissionDenied(CANNOT_BE_ASSIGNED)
        objective.cycle_id, objective.parent = fresh.objective.cycle_id, fresh.objective
        objective.assigned_from = fresh
        objective.keep(by=by, at=at)
        Change.objects.append(fresh, "assigned", by=by, at=at, after_objective=objective)
        if at is not None:
            told: dict[str, Any] = {"about": objective, "by": by, "at": at}
            Notification.objects.tell([objective.owner], Occasion.HANDED_OVER, **told)


def take_back(
    key_result: KeyResult, *, by: Person | None = None, at: datetime | None = None
) -> None:
    """Gives the number back to people; it stays, and the objective stands on its own."""
    with transaction.atomic():
        lock_open_cycle(key_result.objective.cycle_id)
        refuse_if_closed(key_result.objective_id)
        released = Objective.objects.filter(assigned_from=key_result)
        for objective in released:
            Change.objects.append(key_result, "assigned", by=by, at=at, before_objective=objective)
        if released.update(parent=None, assigned_from=None, version=F("version") + 1):
            key_result.stand_still()
    key_result.refresh_from_db()
