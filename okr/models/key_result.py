"""A number that must move, and the verbs that move it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q

from okr.models.check_in import CheckIn, Confidence
from okr.models.closure import refuse_if_closed
from okr.models.measurement import Measurement
from okr.models.news import tell_of_check_in
from okr.models.objective import Objective, Visibility
from okr.models.person import Person
from okr.models.policy import readable_by
from okr.models.upward import carry_upward
from okr.models.version import Versioned
from okr.progress import settle, toward, value_at

BATCH = 500
MOVED_BY_VERBS = ["current", "progress", "measured_at", "tracked_by", "confidence", "checked_in_at"]


class Kind(models.TextChoices):
    PERCENT = "percent", "Percent"
    NUMBER = "number", "Number"
    CURRENCY = "currency", "Currency"
    YES_NO = "yes_no", "Yes / no"


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
        open_ones = self.filter(objective__cycle__closed_at=None, objective__closure=None)
        if person.is_okr_admin:
            return open_ones
        return open_ones.filter(person.in_line("owner") | person.in_line("objective__owner"))

    def for_rows(self) -> Self:
        return self.select_related("owner")

    def track_by(self, source: str) -> int:
        """Hands these over to an integration; returns how many were entered by hand until now."""
        return self.filter(tracked_by="").update(tracked_by=source)

    def untrack(self) -> int:
        """Gives these back to people. The last number stays; returns how many were tracked."""
        with transaction.atomic():
            tracked = list(self.exclude(tracked_by="").select_for_update().order_by("pk"))
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
                tracked_by=source, objective__cycle__closed_at=None, objective__closure=None
            )
            tracked = list(
                open_ones.filter(pk__in=by_id).select_for_update(of=("self",)).order_by("pk")
            )
            Measurement.objects.bulk_create(
                [key_result.take(by_id[key_result.pk], source, at) for key_result in tracked],
                batch_size=BATCH,
            )
            self.model.objects.bulk_update(
                tracked, ["current", "progress", "measured_at"], batch_size=BATCH
            )
            carry_upward({key_result.objective_id for key_result in tracked})
        return len(tracked)


class KeyResult(Versioned):
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="key_results")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="key_results")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERCENT)
    measured_in = models.CharField(
        max_length=20, blank=True, help_text="The unit shown after the number: days, €, clinics."
    )
    start = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    target = models.DecimalField(max_digits=20, decimal_places=6, default=100)
    current = models.DecimalField(max_digits=20, decimal_places=6, editable=False)
    weight = models.DecimalField(
        max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )
    tracked_by = models.CharField(
        max_length=20,
        blank=True,
        editable=False,
        db_index=True,
        help_text="The integration that feeds the number; empty when it is entered by hand.",
    )
    progress = models.DecimalField(max_digits=7, decimal_places=4, default=0, editable=False)
    measured_at = models.DateTimeField(null=True, editable=False)
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
            models.CheckConstraint(condition=~Q(start=F("target")), name="start_is_not_the_target"),
            models.CheckConstraint(
                condition=Q(weight__gte=0), name="key_result_weight_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(progress__range=(0, 100)), name="key_result_progress_in_range"
            ),
            models.UniqueConstraint(
                fields=["carried_from", "objective"], name="carried_once_into_an_objective"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.start is not None and self.start == self.target:
            raise ValidationError({"target": "The target must differ from the start."})
        hidden = Objective.objects.filter(pk=self.objective_id, visibility=Visibility.CONFIDENTIAL)
        if self.owner_id and hidden.exists() and not hidden.visible_to(self.owner).exists():
            raise ValidationError(
                {"owner": f"{self.owner} cannot see this confidential objective. Add them to it."}
            )

    def derived_progress(self) -> Decimal:
        """A tracked number is what was read; one by hand follows from start, current and target."""
        if self.tracked_by:
            return self.progress
        return toward(self.start, self.current, self.target)

    def keep(self) -> None:
        """Saves a new or changed key result and carries its number upward.

        Raises StaleError where somebody saved since this copy was read.
        """
        self.full_clean(exclude=["current"])
        with transaction.atomic():
            self.claim_version()
            stored = KeyResult.objects.select_for_update().filter(pk=self.pk).first()
            for name in MOVED_BY_VERBS if stored else ():
                setattr(self, name, getattr(stored, name))
            if self.measured_at is None:
                self.current = self.start
            elif self.tracked_by:
                self.current = value_at(self.start, self.progress, self.target)
            self.progress = self.derived_progress()
            self.save()
            carry_upward({self.objective_id, stored.objective_id if stored else None})

    def remove(self) -> None:
        with transaction.atomic():
            self.delete()
            carry_upward({self.objective_id})

    def track_by(self, source: str) -> None:
        KeyResult.objects.filter(pk=self.pk).track_by(source)
        self.refresh_from_db()

    def untrack(self) -> None:
        KeyResult.objects.filter(pk=self.pk).untrack()
        self.refresh_from_db()

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
        token: UUID | None = None,
        corrects: CheckIn | None = None,
        unchanged: bool = False,
    ) -> CheckIn:
        """Appends a person's judgement and, where they measured, the new value.

        Once for each `token`. Raises TrackedElsewhereError for a value that an integration feeds;
        see `refuse_if_closed`.
        """
        marks = {"token": token, "corrects": corrects, "unchanged": unchanged}
        with transaction.atomic():
            fresh = KeyResult.objects.select_for_update().get(pk=self.pk)
            again = fresh.check_ins.said_with(token)
            if again:
                return again
            refuse_if_closed(fresh.objective_id)
            moment = corrects.moment_of_value(at) if corrects else at
            measurement, before = fresh._measure_by_hand(value, by, moment), fresh.confidence
            fresh.confidence, fresh.checked_in_at = confidence, at
            fresh.save()
            judged = fresh.check_ins.create(
                by=by, at=at, confidence=confidence, note=note, measurement=measurement, **marks
            )
            carry_upward({fresh.objective_id})
            tell_of_check_in(judged, before)
        self.refresh_from_db()
        return judged

    def _measure_by_hand(
        self, value: Decimal | None, by: Person, at: datetime
    ) -> Measurement | None:
        if value is None:
            return None
        if self.tracked_by:
            raise TrackedElsewhereError(self.tracked_by)
        self.current, self.measured_at = value, at
        self.progress = self.derived_progress()
        return Measurement.objects.create(
            key_result=self, value=value, progress=self.progress, at=at, by=by
        )
