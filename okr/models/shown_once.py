"""A token that is shown once, kept as a digest, and revocable: whoever shows it again is let in."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q

from okr.models.person import Person

SECRET_BYTES, LONGEST = 32, 80
USED_AGAIN = timedelta(minutes=1)
"""Uses within it are one: reading must not write each time."""


class ShownOnce(models.Model):
    name = models.CharField(max_length=100)
    begins = models.CharField(max_length=16, help_text="What it begins with; all that is shown.")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def used(self, at: datetime) -> None:
        long_ago = Q(used_at=None) | Q(used_at__lt=at - USED_AGAIN)
        self._row.filter(long_ago).update(used_at=at)

    def revoke(self, at: datetime) -> None:
        """It stays revoked since the first time."""
        self._row.filter(revoked_at=None).update(revoked_at=at)

    @property
    def _row(self) -> models.QuerySet[Any]:
        return type(self)._default_manager.filter(pk=self.pk)


def made(begins: str) -> str:
    return f"{begins}_{secrets.token_urlsafe(SECRET_BYTES)}"


def digest_of(text: str) -> str:
    """Enough for a secret that nobody chose: 32 random bytes cannot be guessed."""
    return sha256(text.encode()).hexdigest()
