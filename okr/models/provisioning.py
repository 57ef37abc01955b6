"""What a company's directory keeps here by itself: with which token, and as what it knows whom."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from okr.models.person import Person
from okr.models.shown_once import LONGEST, ShownOnce, digest_of, made
from okr.models.unit import Unit

LEAD = "plbscim"
SHOWN = len(LEAD) + 5
"""How many letters of it are told afterwards."""


class DirectoryTokenQuerySet(models.QuerySet["DirectoryToken"]):
    def issue(self, name: str, *, by: Person, at: datetime) -> tuple["DirectoryToken", str]:
        """The token with what is shown of it once."""
        told = made(LEAD)
        token = self.create(
            name=name, begins=told[:SHOWN], digest=digest_of(told), made_by=by, made_at=at
        )
        return token, told

    def valid(self) -> Self:
        return self.filter(revoked_at=None)

    def told(self, text: str) -> "DirectoryToken | None":
        """The valid token that a directory presents."""
        if not text.startswith(f"{LEAD}_") or len(text) > LONGEST:
            return None
        return self.valid().filter(digest=digest_of(text)).first()


class DirectoryToken(ShownOnce):
    """Acts for no person, so that it outlasts whoever made it."""

    objects = DirectoryTokenQuerySet.as_manager()


class DirectoryEntry(models.Model):
    """A person or a unit as the directory knows them; `removed_at` since it deleted them there.

    `user_name` is empty where it is the e-mail address.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, null=True, related_name="directory_entry"
    )
    unit = models.OneToOneField(
        Unit, on_delete=models.CASCADE, null=True, related_name="directory_entry"
    )
    external_id = models.CharField(max_length=255, blank=True, db_index=True)
    user_name = models.CharField(max_length=254, blank=True, db_index=True)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "directory entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, unit__isnull=False) | Q(person__isnull=False, unit=None),
                name="an_entry_is_of_a_person_or_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.unit)
