"""Signs of life: one row for each worker, and one for the schedule, with when it was seen last."""

from datetime import datetime, timedelta

from django.db import models

KEPT = timedelta(days=1)


class Kind(models.TextChoices):
    WORKER = "worker", "Worker"
    SCHEDULE = "schedule", "Schedule"


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def beat(self, kind: str, name: str, at: datetime) -> None:
        """One statement, whoever else beats at the same moment."""
        self.bulk_create(
            [Heartbeat(kind=kind, name=name[:200], seen_at=at)],
            update_conflicts=True,
            unique_fields=["kind", "name"],
            update_fields=["seen_at"],
        )

    def last_seen(self) -> dict[str, datetime]:
        """When each kind was seen last; one that never was is absent."""
        rows = self.order_by().values_list("kind").annotate(models.Max("seen_at"))
        return dict(rows)

    def forget_gone(self, now: datetime) -> None:
        self.filter(seen_at__lt=now - KEPT).delete()


class Heartbeat(models.Model):
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200, help_text="Of the worker among the others.")
    seen_at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="a_heartbeat_each"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
