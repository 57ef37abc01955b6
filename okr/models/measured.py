"""What a key result is measured by, and how its progress follows from that."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models

from okr.models.kind import THRESHOLDS, WITHOUT_A_WAY, Kind
from okr.progress import (
    NONE,
    WHOLE,
    Step,
    holds,
    share_done,
    share_due,
    suggest_confidence,
    toward,
    value_at,
)

if TYPE_CHECKING:
    from okr.models.milestone import MilestoneQuerySet
    from okr.models.objective import Objective


class Measured(models.Model):
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERCENT)
    measured_in = models.CharField(
        max_length=20, blank=True, help_text="The unit shown after the number: days, €, clinics."
    )
    start = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    target = models.DecimalField(max_digits=20, decimal_places=6, default=100)
    current = models.DecimalField(max_digits=20, decimal_places=6, editable=False)
    tracked_by = models.CharField(
        max_length=20,
        blank=True,
        editable=False,
        db_index=True,
        help_text="The integration that feeds the number; empty when it is entered by hand.",
    )
    progress = models.DecimalField(
        max_digits=7,
        decimal_places=4,
        default=0,
        null=True,
        editable=False,
        help_text="In percent; empty where nothing can be said before it is measured.",
    )
    measured_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        milestones: MilestoneQuerySet

    class Meta:
        abstract = True

    @property
    def is_threshold(self) -> bool:
        return self.kind in THRESHOLDS

    @property
    def is_milestones(self) -> bool:
        return self.kind == Kind.MILESTONES

    @property
    def can_be_tracked(self) -> bool:
        """Whether a share that is read elsewhere can move it."""
        return self.kind not in WITHOUT_A_WAY and self.moved_by_objective is None

    @property
    def can_be_assigned(self) -> bool:
        """Whether the progress of an objective can move it."""
        return self.can_be_tracked and not self.tracked_by

    @property
    def moved_by_objective(self) -> "Objective | None":
        """The objective that it was assigned on as."""
        return getattr(self, "assigned_objective", None) if self.pk else None

    @property
    def is_fed(self) -> bool:
        """Whether an integration or an objective moves it, so that its share is what was read."""
        return bool(self.tracked_by or self.moved_by_objective)

    @property
    def takes_value(self) -> bool:
        """Whether a person types its value."""
        return not (self.is_milestones or self.is_fed)

    @property
    def steps(self) -> list[Step]:
        return [milestone.step for milestone in self.milestones.all()] if self.pk else []

    def expected(self, pace: Decimal, today: date) -> Decimal:
        """What progress is expected by today, given the calendar's pace."""
        if self.is_threshold:
            return WHOLE
        if self.is_milestones:
            return share_due(self.steps, today) or NONE
        return pace

    def suggestion(self, expected: Decimal) -> str:
        """The confidence that the pace suggests; none before a threshold is measured."""
        if self.is_threshold and self.progress is None:
            return ""
        return suggest_confidence(self.progress, expected)

    def derived_progress(self) -> Decimal | None:
        """A tracked number is what was read; one by hand follows from what was entered."""
        if self.is_fed:
            return self.progress
        if self.is_milestones:
            return share_done(self.steps)
        if self.is_threshold and self.measured_at is None:
            return None
        return self.progress_of(self.current)

    def progress_of(self, value: Decimal) -> Decimal:
        """What a value that was entered means in percent."""
        if self.is_threshold:
            return holds(value, self.target, above=self.kind == Kind.STAY_ABOVE)
        return toward(self.start, value, self.target)

    def derive(self) -> None:
        """The value follows from what is read or reached; the progress from the value."""
        self.progress = self.derived_progress()
        if self.is_milestones:
            self.current = self.progress or NONE
        elif self.is_fed and self.measured_at:
            self.current = value_at(self.start, self.progress or NONE, self.target)
