"""Tokens with which scripts act for a person: shown once, kept as a digest, revocable."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import Q

from okr.models.person import Person

LEAD = "plb"
SECRET_BYTES, NAME_LENGTH = 32, 8
LONGEST = 80
USED_AGAIN = timedelta(minutes=1)
"""Uses within it are one: reading must not write each time."""


class Scope(models.TextChoices):
    READ = "read", "Read what you may see"
    WRITE = "write", "Change what you may change"
    ADMIN = "admin", "Do what OKR admins do"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def issue(
        self,
        person: Person,
        name: str,
        scopes: Sequence[str],
        *,
        by: Person,
        at: datetime,
        ends_at: datetime | None = None,
        for_service: bool = False,
    ) -> tuple["ApiToken", str]:
        """The token with what is shown of it once."""
        begins = secrets.token_hex(NAME_LENGTH // 2)
        told = f"{LEAD}_{begins}_{secrets.token_urlsafe(SECRET_BYTES)}"
        made = self.create(
            person=person,
            name=name,
            scopes=sorted(scopes),
            begins=f"{LEAD}_{begins}",
            digest=digest_of(told),
            made_by=by,
            made_at=at,
            ends_at=ends_at,
            for_service=for_service,
        )
        return made, told

    def kept(self) -> Self:
        """Those that nobody revoked, also at their end; with whom they concern."""
        return self.filter(revoked_at=None).select_related("person", "made_by")

    def valid(self, at: datetime) -> Self:
        """Not revoked, not at their end, and of somebody who is still here."""
        lasting = Q(ends_at=None) | Q(ends_at__gt=at)
        return self.filter(lasting, revoked_at=None, person__is_active=True)

    def told(self, text: str, at: datetime) -> "ApiToken | None":
        """The valid token that somebody presents."""
        if not text.startswith(f"{LEAD}_") or len(text) > LONGEST:
            return None
        return self.valid(at).select_related("person__unit").filter(digest=digest_of(text)).first()


class ApiToken(models.Model):
    """`person` is whose rights it has: its own owner's, or for a service whom an admin chose."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    for_service = models.BooleanField(default=False, db_default=False)
    scopes = models.JSONField(default=list)
    begins = models.CharField(max_length=16, help_text="What it begins with; all that is shown.")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def used(self, at: datetime) -> None:
        long_ago = Q(used_at=None) | Q(used_at__lt=at - USED_AGAIN)
        ApiToken.objects.filter(long_ago, pk=self.pk).update(used_at=at)

    def revoke(self, at: datetime) -> None:
        """It stays revoked since the first time."""
        ApiToken.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=at)

    def allows(self, scope: str) -> bool:
        return scope in self.scopes


def digest_of(text: str) -> str:
    """Enough for a secret that nobody chose: 32 random bytes cannot be guessed."""
    return sha256(text.encode()).hexdigest()
