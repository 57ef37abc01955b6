"""Sets how much each part of an objective counts, all at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from okr.models.alignment import hold_graph
from okr.models.change import Change
from okr.models.closure import refuse_if_closed
from okr.models.key_result import KeyResult
from okr.models.objective import Objective
from okr.models.person import Person
from okr.models.upward import carry_upward


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part with the weight that was read and the one that it is given."""

    part: KeyResult | Objective
    before: Decimal
    after: Decimal


class WeighedMeanwhileError(Exception):
    """Somebody else gave a part another weight, or took it away, since it was read."""

    def __init__(self, part: KeyResult | Objective, stored: Decimal | None) -> None:
        super().__init__(str(part))
        self.part, self.stored = part, stored


def weigh(objective: Objective, parts: Iterable[Weighed], *, by: Person, at: datetime) -> None:
    """All or nothing. Raises WeighedMeanwhileError for the first part that is not as it was.

    Raises ClosedError where the objective was closed meanwhile.
    """
    with transaction.atomic():
        hold_graph(objective.cycle_id)
        refuse_if_closed(objective.pk)
        for each in parts:
            if each.after != each.before:
                _weigh(objective, each, by, at)
        carry_upward({objective.pk}, at)


def _weigh(objective: Objective, weighed: Weighed, by: Person, at: datetime) -> None:
    part = weighed.part
    above = "objective" if isinstance(part, KeyResult) else "parent"
    rows: Any = type(part)._default_manager.filter(**{"pk": part.pk, above: objective})
    claimed = rows.filter(weight=weighed.before)
    if not claimed.update(weight=weighed.after, version=F("version") + 1):
        raise WeighedMeanwhileError(part, rows.values_list("weight", flat=True).first())
    before, after = (f"{each.normalize():f}" for each in (weighed.before, weighed.after))
    Change.objects.append(part, "weight", by=by, at=at, before=before, after=after)
