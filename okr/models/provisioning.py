"""What a company's directory keeps here by itself: with which token, and as what it knows whom."""

import secrets
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from okr.models.api_token import SECRET_BYTES, USED_AGAIN, digest_of
from okr.models.person import Person
from okr.models.unit import Unit

LEAD = "plbscim"
LONGEST = 80


class DirectoryTokenQuerySet(models.QuerySet["DirectoryToken"]):
    def issue(self, name: str, *, by: Person, at: datetime) -> tuple["DirectoryToken", str]:
        """The token with what is shown of it once."""
        told = f"{LEAD}_{secrets.token_urlsafe(SECRET_BYTES)}"
        made = self.create(
            name=name, begins=told[:12], digest=digest_of(told), made_by=by, made_at=at
        )
        return made, told

    def valid(self) -> Self:
        return self.filter(revoked_at=None)

    def told(self, text: str) -> "DirectoryToken | None":
        """The valid token that a directory presents."""
        if not text.startswith(f"{LEAD}_") or len(text) > LONGEST:
            return None
        return self.valid().filter(digest=digest_of(text)).first()


class DirectoryToken(models.Model):
    """Acts for no person, so that it outlasts whoever made it."""

    name = models.CharField(max_length=100)
    begins = models.CharField(max_length=16, help_text="What it begins with; all that is shown.")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = DirectoryTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def used(self, at: datetime) -> None:
        long_ago = Q(used_at=None) | Q(used_at__lt=at - USED_AGAIN)
        DirectoryToken.objects.filter(long_ago, pk=self.pk).update(used_at=at)

    def revoke(self, at: datetime) -> None:
        """It stays revoked since the first time."""
        DirectoryToken.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=at)


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
