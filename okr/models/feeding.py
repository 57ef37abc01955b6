"""Key results in sets: who may see them, and how integrations feed them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction

from okr.models.closure import unclosed
from okr.models.kind import WITHOUT_A_WAY
from okr.models.measurement import ASSIGNED
from okr.models.outbox import numbers_moved
from okr.models.person import Person
from okr.models.policy import readable_by
from okr.models.together import append_together, write_together
from okr.models.upward import carry_upward
from okr.progress import settle

if TYPE_CHECKING:
    from okr.models.key_result import KeyResult

BATCH = 500


class TrackedElsewhereError(Exception):
    """A value was entered by hand for a key result that an integration feeds."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an integration found for a key result: the exact share in percent, and why it moved."""

    key_result_id: int
    share: Fraction
    why: dict[str, Any] = field(default_factory=dict)

    @property
    def settled(self) -> Decimal:
        """The share as the core keeps it."""
        return settle(self.share)


class KeyResultQuerySet(models.QuerySet["KeyResult"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.is_okr_admin else self.filter(readable_by(person, "objective__"))

    def editable_by(self, person: Person) -> Self:
        open_ones = self.filter(unclosed("objective__"), objective__cycle__closed_at=None)
        if person.is_okr_admin:
            return open_ones
        return open_ones.filter(person.in_line("owner") | person.in_line("objective__owner"))

    def for_rows(self) -> Self:
        return self.select_related("owner", "assigned_objective")

    def trackable(self) -> Self:
        """Those that a share of a way can move; an integration feeds no others."""
        return self.exclude(kind__in=WITHOUT_A_WAY).filter(assigned_objective=None)

    def track_by(self, source: str) -> int:
        """Hands these over to an integration; returns how many were entered by hand until now."""
        return self.trackable().filter(tracked_by="").update(tracked_by=source)

    def untrack(self) -> int:
        """Gives these back to people. The last number stays; returns how many were tracked."""
        with transaction.atomic():
            tracked = list(
                self.exclude(tracked_by="")
                .select_related("assigned_objective")
                .select_for_update(of=("self",))
                .order_by("pk")
            )
            for key_result in tracked:
                key_result.tracked_by = ""
                key_result.progress = key_result.derived_progress()
            self.model.objects.bulk_update(tracked, ["tracked_by", "progress"], batch_size=BATCH)
            carry_upward({key_result.objective_id for key_result in tracked})
        return len(tracked)

    def measure(self, readings: Iterable[Reading], source: str, at: datetime) -> int:
        """Appends what an integration read to those that it tracks, and carries it upward.

        A handful of statements for any number of readings; in what is closed nothing moves.
        Returns how many were recorded.
        """
        by_id = {reading.key_result_id: reading for reading in readings}
        with transaction.atomic():
            open_ones = self.filter(
                unclosed("objective__"), tracked_by=source, objective__cycle__closed_at=None
            )
            tracked = list(
                open_ones.filter(pk__in=by_id)
                .select_for_update(of=("self",))
                .only("objective_id", "start", "target", "progress")
                .order_by("pk")
            )
            before = {each.pk: each.progress for each in tracked}
            self._take(tracked, by_id, source, at)
            carry_upward({key_result.objective_id for key_result in tracked}, at)
            numbers_moved(tracked, before, source=source, at=at)
        return len(tracked)

    def take_over(self, shares: Mapping[int, Decimal], at: datetime) -> Iterator[int]:
        """Moves key results to the progress of the objectives that they were assigned on as.

        Answers the ids of the objectives whose parts moved; the caller carries that upward.
        """
        rows = self.filter(pk__in=shares).select_for_update().order_by("pk")
        moved = [each for each in rows if each.progress != shares[each.pk]]
        readings = {each.pk: Reading(each.pk, Fraction(shares[each.pk])) for each in moved}
        self._take(moved, readings, ASSIGNED, at)
        return (each.objective_id for each in moved)

    def _take(
        self,
        key_results: Sequence["KeyResult"],
        readings: Mapping[int, Reading],
        source: str,
        at: datetime,
    ) -> None:
        append_together([each.take(readings[each.pk], source, at) for each in key_results])
        write_together(key_results, ["current", "progress", "measured_at"])
