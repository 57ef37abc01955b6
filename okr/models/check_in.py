"""A person's judgement of a key result at a moment; appended, never changed."""

from django.db import models

from okr.models.measurement import Measurement
from okr.models.person import Person


class Confidence(models.TextChoices):
    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class CheckIn(models.Model):
    key_result = models.ForeignKey(
        "okr.KeyResult", on_delete=models.CASCADE, related_name="check_ins"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_ins")
    at = models.DateTimeField()
    confidence = models.CharField(max_length=12, choices=Confidence)
    note = models.TextField(max_length=10_000, blank=True)
    measurement = models.OneToOneField(
        Measurement, on_delete=models.CASCADE, null=True, blank=True, related_name="check_in"
    )

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["key_result", "at"])]

    def __str__(self) -> str:
        return f"{self.get_confidence_display()} at {self.at:%Y-%m-%d %H:%M}"
