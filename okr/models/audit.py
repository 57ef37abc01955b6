"""What admins did: who, when, from where, before and after; appended, and never changed."""

from datetime import date, datetime, timedelta
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from okr.models.person import Person

APPENDED_ONLY = "An entry of the audit log is written once: it is neither changed nor deleted."


class AppendedOnlyError(TypeError):
    """Somebody tried to change what was logged."""

    def __init__(self) -> None:
        super().__init__(APPENDED_ONLY)


class Via(models.TextChoices):
    API = "api", "API"
    BROWSER = "browser", "Browser"
    COMMAND = "command", "Command"


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-id")

    def since(self, day: date) -> Self:
        return self.filter(at__gte=_midnight(day))

    def until(self, day: date) -> Self:
        """With that whole day, where whoever looks is."""
        return self.filter(at__lt=_midnight(day + timedelta(days=1)))

    def mentioning(self, words: str) -> Self:
        """Each of the words in what was done, or in who did it from where."""
        found = self
        for word in words.split():
            places = ("sentence", "by_name", "by_email", "address", "token")
            found = found.filter(
                Q.create([Q((f"{place}__icontains", word)) for place in places], connector=Q.OR)
            )
        return found

    def older_than(self, moment: datetime) -> "models.QuerySet[AuditEntry]":
        """What has been kept long enough: these rows, and no others, may be deleted."""
        return models.QuerySet(self.model, using=self.db).filter(at__lt=moment)

    def update(self, **_: Any) -> NoReturn:
        raise AppendedOnlyError

    def delete(self) -> NoReturn:
        raise AppendedOnlyError

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendedOnlyError


class AuditEntry(models.Model):
    """The names are as they were then. `changes` are rows of [column, before, after], in words."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        Person,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        help_text="Empty for a command and for somebody unknown; the row may outlive the person.",
    )
    by_name = models.CharField(max_length=120, blank=True)
    by_email = models.CharField(max_length=254, blank=True)
    via = models.CharField(max_length=10, choices=Via)
    token = models.CharField(
        max_length=100, blank=True, default="", db_default="", help_text="The name of an API token."
    )
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    area = models.CharField(max_length=20, help_text="The kind of action, as people or cycles.")
    action = models.CharField(max_length=60, help_text="A code that stays, as people.changed.")
    sentence = models.TextField(help_text="What was done, to stand after the name.")
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)
    about_label = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=list)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at", "id"], name="audit_by_moment"),
            models.Index(fields=["area", "at", "id"], name="audit_by_area"),
            models.Index(fields=["by", "at", "id"], name="audit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.sentence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendedOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendedOnlyError


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
