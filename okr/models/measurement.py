"""A value that was read or entered once; appended, never changed."""

from datetime import datetime
from typing import Self

from django.db import models

from okr.models.person import Person

ASSIGNED = "objective"
"""The source of what a key result takes over from the objective that it was assigned on as."""


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def in_order(self) -> Self:
        return self.order_by("at", "id")

    def standing(self) -> Self:
        """Without the values that a later check-in corrected."""
        return self.exclude(check_in__corrected_by__measurement__isnull=False)

    def until(self, at: datetime) -> Self:
        """What was known at a moment."""
        return self.filter(at__lte=at)


class Measurement(models.Model):
    key_result = models.ForeignKey(
        "okr.KeyResult", on_delete=models.CASCADE, related_name="measurements"
    )
    value = models.DecimalField(max_digits=20, decimal_places=6)
    progress = models.DecimalField(
        max_digits=7, decimal_places=4, help_text="In percent, as it was then."
    )
    at = models.DateTimeField()
    source = models.CharField(
        max_length=20, blank=True, help_text="The integration that read it; empty for a person."
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.JSONField(
        default=dict, blank=True, help_text="What moved it, in the words of its source."
    )

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["key_result", "at"])]

    def __str__(self) -> str:
        return f"{self.value} at {self.at:%Y-%m-%d %H:%M}"
