"""The dated period that objectives belong to."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q

from okr import progress


class CycleQuerySet(models.QuerySet["Cycle"]):
    def newest_first(self) -> Self:
        return self.order_by("-starts_on", "-id")

    def current(self, today: date) -> "Cycle | None":
        """The running cycle; else the next one to come; else the last one that was."""
        running = self.filter(closed_at=None, starts_on__lte=today, ends_on__gte=today)
        return (
            running.order_by("ends_on", "id").first()
            or self.filter(starts_on__gt=today).order_by("starts_on", "id").first()
            or self.newest_first().first()
        )


class Cycle(models.Model):
    name = models.CharField(max_length=60, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("ends_on")), name="a_cycle_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def pace(self, today: date) -> Decimal:
        """The progress that the calendar expects by the end of `today`, in percent."""
        return progress.pace(self.starts_on, self.ends_on, today)

    def week(self, today: date) -> tuple[int, int]:
        """Which week of the cycle it is, and of how many; bounded to the cycle."""
        weeks = -(-((self.ends_on - self.starts_on).days + 1) // 7)
        return min(max((today - self.starts_on).days // 7 + 1, 0), weeks), weeks

    def state(self, today: date) -> str:
        if self.closed_at:
            return "closed"
        return "planned" if today < self.starts_on else "running"
