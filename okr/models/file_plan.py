"""A file of OKRs that somebody brought, and what it would change; not done before Confirm."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from okr.models.person import Person


class FilePlanQuerySet(models.QuerySet["FilePlan"]):
    def of(self, person: Person) -> "FilePlanQuerySet":
        return self.filter(by=person)

    def older_than(self, moment: datetime) -> Self:
        return self.filter(made_at__lt=moment)


class FilePlan(models.Model):
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200, blank=True, help_text="Empty where it was pasted.")
    text = models.TextField(help_text="The file; empty once it is done.")
    removing = models.BooleanField(help_text="Whether what it leaves out is deleted.")
    digest = models.CharField(max_length=32, help_text="Of the plan that was shown last.")
    steps = models.JSONField(help_text="What it would change, as the page tells it.")
    left = models.PositiveIntegerField(help_text="How many rows stay of which it says nothing.")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = FilePlanQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.file_name or "Pasted text"

    def record(self, digest: str, steps: list[Any], left: int) -> None:
        """What it would do by now."""
        self.digest, self.steps, self.left = digest, steps, left
        self.save()

    def finish(self, at: datetime) -> None:
        self.done_at, self.text = at, ""
        self.save(update_fields=["done_at", "text"])
