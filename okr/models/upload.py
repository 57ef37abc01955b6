"""A file that somebody uploads, as it was read and checked: nothing is written before Confirm."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from okr.models.person import Person


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, person: Person) -> "UploadQuerySet":
        return self.filter(by=person)

    def older_than(self, moment: datetime) -> Self:
        return self.filter(made_at__lt=moment)


class Upload(models.Model):
    shape = models.CharField(max_length=40, help_text="What kind of rows it holds.")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    columns = models.JSONField(default=list)
    lines = models.JSONField(help_text="[row number, {column: cell}] for each row of the file.")
    verdicts = models.JSONField(
        default=list, help_text="[row number, fate, column, reason, what changes] for each row."
    )
    also = models.JSONField(default=list, help_text="Sentences on what else the import does.")
    done_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.file_name

    def record(self, verdicts: list[Any], also: list[str]) -> None:
        """What a check found."""
        self.verdicts, self.also = verdicts, also
        self.save(update_fields=["verdicts", "also"])

    def finish(self, at: datetime, rejected: list[Any]) -> None:
        """Of the file only the rows that were not taken are kept."""
        self.done_at, self.lines = at, rejected
        self.save(update_fields=["done_at", "lines"])
