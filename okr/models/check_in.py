"""A person's judgement of a key result at a moment; appended, never changed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypedDict
from uuid import UUID

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from okr import slots
from okr.models.measurement import Measurement
from okr.models.person import Person

if TYPE_CHECKING:
    from okr.models.key_result import KeyResult

NOT_THE_LATEST = (
    "Only the latest check-in can be corrected, by whoever made it,"
    " and only while its cycle is open."
)
NOTHING_TO_KEEP = "Nobody has checked in yet, so there is nothing that could be unchanged."


class Confidence(models.TextChoices):
    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class Marks(TypedDict, total=False):
    """What a check-in is besides a judgement: the columns of the same names."""

    token: UUID | None
    corrects: "CheckIn | None"
    unchanged: bool


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def standing(self) -> Self:
        """Without those that were corrected since."""
        return self.filter(corrected_by=None)

    def visible_to(self, person: Person) -> Self:
        key_results: Any = apps.get_model("okr", "KeyResult").objects
        return self.filter(key_result__in=key_results.visible_to(person).values("pk"))

    def editable_by(self, person: Person) -> Self:
        """A person's own, as long as nobody has checked in since and the objective is open."""
        key_results: Any = apps.get_model("okr", "KeyResult").objects
        later = CheckIn.objects.filter(
            key_result=models.OuterRef("key_result"), pk__gt=models.OuterRef("pk")
        )
        return self.filter(
            ~models.Exists(later),
            by=person,
            key_result__in=key_results.editable_by(person).values("pk"),
        )

    def said_with(self, token: UUID | None) -> "CheckIn | None":
        """What a form that is sent once more has said already."""
        return self.filter(token=token).first() if token else None

    def confirm(
        self,
        key_result: "KeyResult",
        *,
        by: Person,
        at: datetime,
        note: str = "",
        token: UUID | None = None,
    ) -> "CheckIn":
        """Says that nothing has changed: value and confidence stay, and are as fresh as this.

        Raises ValueError where nobody has judged yet.
        """
        with transaction.atomic():
            fresh = type(key_result).objects.select_for_update().get(pk=key_result.pk)
            if not fresh.confidence:
                raise ValueError(NOTHING_TO_KEEP)
            entered = fresh.measured_at is not None and fresh.takes_value
            return fresh.check_in(
                by=by,
                at=at,
                confidence=fresh.confidence,
                note=note,
                value=fresh.current if entered else None,
                unchanged=True,
                token=token,
            )


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
    unchanged = models.BooleanField(
        default=False, help_text="Said in so many words: value and confidence are as before."
    )
    corrects = models.OneToOneField(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="corrected_by",
        help_text="The check-in in whose place this one stands.",
    )
    token = models.UUIDField(
        null=True, unique=True, editable=False, help_text="Of the form, which may be sent twice."
    )

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["key_result", "at"])]

    def __str__(self) -> str:
        return f"{self.get_confidence_display()} at {self.at:%Y-%m-%d %H:%M}"

    def correct(
        self, *, by: Person, at: datetime, token: UUID | None = None, **said: Any
    ) -> "CheckIn":
        """Appends a check-in that stands in the place of this one, which stays in the history.

        Raises PermissionDenied where it is not the latest, or somebody else's.
        """
        with transaction.atomic():
            locked = type(self.key_result).objects.select_for_update().get(pk=self.key_result_id)
            again = locked.check_ins.said_with(token)
            if again:
                return again
            if not locked.check_ins.filter(pk=self.pk).editable_by(by).exists():
                raise PermissionDenied(NOT_THE_LATEST)
            said_now = locked.check_in(by=by, at=at, corrects=self, token=token, **said)
            slots.ask("check_in.corrected", self, said_now)
            return said_now

    def moment_of_value(self, now: datetime) -> datetime:
        """From when a corrected value stands: from when the wrong one did, unless something was
        measured since."""
        stood_from = self.measurement.at if self.measurement else self.at
        others = self.key_result.measurements.filter(~models.Q(check_in=self), at__gt=stood_from)
        return now if others.exists() else stood_from
