"""A number that must move, and the verbs that move it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q

from okr.models.alignment import hold_graph
from okr.models.answered import answer_reminders
from okr.models.change import OF_KEY_RESULT, Change
from okr.models.check_in import CheckIn, Confidence, Marks
from okr.models.closure import refuse_if_closed
from okr.models.feeding import KeyResultQuerySet as KeyResultQuerySet
from okr.models.feeding import Reading, TrackedElsewhereError
from okr.models.happens import Happens
from okr.models.keyed import Keyed
from okr.models.kind import THRESHOLDS, WITHOUT_A_WAY
from okr.models.measured import Measured
from okr.models.measurement import Measurement
from okr.models.milestone import Milestone
from okr.models.news import tell_of_check_in
from okr.models.objective import Objective, Visibility
from okr.models.outbox import happened, numbers_moved
from okr.models.person import Person
from okr.models.upward import carry_upward
from okr.models.version import Versioned
from okr.progress import NONE, value_at

MOVED_BY_VERBS = ["current", "progress", "measured_at", "tracked_by", "confidence", "checked_in_at"]


class KeyResult(Measured, Keyed, Versioned):
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="key_results")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="key_results")
    title = models.CharField(max_length=200)
    weight = models.DecimalField(
        max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )
    confidence = models.CharField(max_length=12, choices=Confidence, blank=True, editable=False)
    checked_in_at = models.DateTimeField(null=True, editable=False)
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="carried_on",
        help_text="What it goes on with, from an earlier cycle.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = KeyResultQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(start=F("target")) | Q(kind__in=THRESHOLDS),
                name="start_is_not_the_target",
            ),
            models.CheckConstraint(
                condition=Q(tracked_by="") | ~Q(kind__in=WITHOUT_A_WAY),
                name="only_a_way_can_be_tracked",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0), name="key_result_weight_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(progress=None) | Q(progress__range=(0, 100)),
                name="key_result_progress_in_range",
            ),
            models.UniqueConstraint(
                fields=["carried_from", "objective"], name="carried_once_into_an_objective"
            ),
            models.UniqueConstraint(
                fields=["objective", "key"], name="a_key_result_has_its_own_key"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.start is not None and self.start == self.target and not self.is_threshold:
            raise ValidationError({"target": "The target must differ from the start."})
        if self.tracked_by and self.kind in WITHOUT_A_WAY:
            raise ValidationError({"kind": "An integration feeds it, so the kind stays as it is."})
        hidden = Objective.objects.filter(pk=self.objective_id, visibility=Visibility.CONFIDENTIAL)
        if self.owner_id and hidden.exists() and not hidden.visible_to(self.owner).exists():
            raise ValidationError(
                {"owner": f"{self.owner} cannot see this confidential objective. Add them to it."}
            )

    def keep(
        self,
        *,
        milestones: Iterable[Milestone] | None = None,
        by: Person | None = None,
        at: datetime | None = None,
    ) -> None:
        """Saves a new or changed key result and carries its number upward.

        What changed is noted where `by` and `at` are known.
        `milestones`, where they are given, are from now on all that it has. Raises StaleError where
        somebody saved since this copy was read, ClosedError where the objective was closed since.
        """
        self.full_clean(exclude=["current"])
        with transaction.atomic():
            hold_graph(self.objective.cycle_id)
            refuse_if_closed(self.objective_id)
            self.claim_version()
            stored = KeyResult.objects.select_for_update().filter(pk=self.pk).first()
            for name in MOVED_BY_VERBS if stored else ():
                setattr(self, name, getattr(stored, name))
            if self.measured_at is None:
                self.current = self.start
            self.save()
            if milestones is not None:
                Milestone.objects.replace(self, milestones)
            self.derive()
            self.save(update_fields=["current", "progress"])
            carry_upward({self.objective_id, stored.objective_id if stored else None}, at)
            self._note(stored, by, at)

    def _note(self, stored: "KeyResult | None", by: Person | None, at: datetime | None) -> None:
        Change.objects.note(stored, self, OF_KEY_RESULT, by=by, at=at)
        if stored is None:
            Change.objects.append(self.objective, "key_result", by=by, at=at, after=self.title)
        kind = Happens.KEY_RESULT_CHANGED if stored else Happens.KEY_RESULT_ADDED
        happened(kind, self, by=by, at=at)

    def last_saved(self) -> tuple[Person, datetime] | None:
        last = self.changes.select_related("by").first()
        return (last.by, last.at) if last else None

    def remove(self, *, by: Person | None = None, at: datetime | None = None) -> None:
        with transaction.atomic():
            hold_graph(self.objective.cycle_id)
            refuse_if_closed(self.objective_id)
            happened(Happens.KEY_RESULT_DELETED, self, by=by, at=at)
            Objective.objects.filter(assigned_from=self).update(parent=None)
            self.delete()
            Change.objects.append(self.objective, "key_result", by=by, at=at, before=self.title)
            carry_upward({self.objective_id}, at)

    @cached_property
    def history(self) -> Sequence[Measurement]:
        """What stands of its measurements, oldest first: read once for all parts of a page."""
        return list(self.measurements.standing().in_order().defer("value"))

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        vars(self).pop("history", None)
        super().refresh_from_db(*args, **kwargs)

    def track_by(self, source: str) -> None:
        KeyResult.objects.filter(pk=self.pk).track_by(source)
        self.refresh_from_db()

    def untrack(self) -> None:
        KeyResult.objects.filter(pk=self.pk).untrack()
        self.refresh_from_db()

    def stand_still(self) -> None:
        """Keeps the last number, now that nothing moves it; call it in that transaction."""
        fresh = KeyResult.objects.select_for_update().get(pk=self.pk)
        fresh.derive()
        fresh.save(update_fields=["current", "progress"])
        carry_upward({fresh.objective_id})

    def take(self, reading: Reading, source: str, at: datetime) -> Measurement:
        """Takes over a reading in memory; the caller saves both."""
        self.progress = reading.settled
        self.current = value_at(self.start, self.progress, self.target)
        self.measured_at = at
        return Measurement(
            key_result=self,
            value=self.current,
            progress=self.progress,
            at=at,
            source=source,
            why=reading.why,
        )

    def check_in(
        self,
        *,
        by: Person,
        at: datetime,
        confidence: str,
        note: str = "",
        value: Decimal | None = None,
        reached: Collection[int] = (),
        **marks: Unpack[Marks],
    ) -> CheckIn:
        """Appends a person's judgement and, where they measured, the new value.

        `reached` are milestones that are done from now on; with one token it is appended once.
        Raises TrackedElsewhereError for a value that nobody may type; see `refuse_if_closed`.
        """
        with transaction.atomic():
            fresh = KeyResult.objects.select_for_update().get(pk=self.pk)
            if again := fresh.check_ins.said_with(marks.get("token")):
                return again
            refuse_if_closed(fresh.objective_id)
            corrects = marks.get("corrects")
            moment = corrects.moment_of_value(at) if corrects else at
            measurement = fresh._measure_by_hand(value, reached, by, moment)
            judged = fresh._judge(
                by=by, at=at, confidence=confidence, note=note, measurement=measurement, **marks
            )
        self.refresh_from_db()
        return judged

    def enter(self, value: Decimal, *, by: Person, at: datetime) -> None:
        """Appends a value without a judgement. Raises as `check_in` does."""
        with transaction.atomic():
            fresh = KeyResult.objects.select_for_update().get(pk=self.pk)
            refuse_if_closed(fresh.objective_id)
            before = {fresh.pk: fresh.progress}
            fresh._measure_by_hand(value, (), by, at)
            fresh.save()
            carry_upward({fresh.objective_id}, at)
            numbers_moved([fresh], before, by=by, at=at)
        self.refresh_from_db()

    def _measure_by_hand(
        self, value: Decimal | None, reached: Collection[int], by: Person, at: datetime
    ) -> Measurement | None:
        if reached:
            return self._mark(reached, by, at)
        if value is None:
            return None
        if not self.takes_value:
            raise TrackedElsewhereError(self.tracked_by or self.kind)
        self.current, self.measured_at = value, at
        self.progress = self.derived_progress()
        return Measurement.objects.create(
            key_result=self, value=value, progress=self.progress or NONE, at=at, by=by
        )

    def _judge(self, *, at: datetime, confidence: str, **said: Any) -> CheckIn:
        before = self.confidence
        self.confidence, self.checked_in_at = confidence, at
        self.save()
        judged = self.check_ins.create(at=at, confidence=confidence, **said)
        carry_upward({self.objective_id}, at)
        tell_of_check_in(judged, before)
        happened(Happens.CHECK_IN_ADDED, judged, by=judged.by, at=at)
        answer_reminders(judged.by, at)
        return judged

    def tick(self, milestone_id: int, *, done: bool, by: Person, at: datetime) -> bool:
        """Says that a milestone is done, or open again; whether that changed anything."""
        with transaction.atomic():
            fresh = KeyResult.objects.select_for_update().get(pk=self.pk)
            refuse_if_closed(fresh.objective_id)
            before = {fresh.pk: fresh.progress}
            moved = fresh._mark({milestone_id}, by, at, done=done) is not None
            fresh.save()
            carry_upward({fresh.objective_id}, at)
            numbers_moved([fresh], before, by=by, at=at)
        self.refresh_from_db()
        return moved

    def _mark(
        self, milestone_ids: Collection[int], by: Person, at: datetime, *, done: bool = True
    ) -> Measurement | None:
        """Takes over which milestones are done; the caller holds the lock and saves."""
        changed = self.milestones.mark(milestone_ids, by, at, done=done)
        if not changed:
            return None
        self.measured_at = at
        self.derive()
        return Measurement.objects.create(
            key_result=self,
            value=self.current,
            progress=self.progress or NONE,
            at=at,
            by=by,
            why={"reached" if done else "reopened": changed},
        )
