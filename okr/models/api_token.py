"""Tokens with which scripts act for a person, for as long as it was said and as far as it was."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from okr.models.person import Person
from okr.models.shown_once import LONGEST, ShownOnce, digest_of, made

LEAD = "plb"
NAME_LENGTH = 8


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
        begins = f"{LEAD}_{secrets.token_hex(NAME_LENGTH // 2)}"
        told = made(begins)
        token = self.create(
            person=person,
            name=name,
            scopes=sorted(scopes),
            begins=begins,
            digest=digest_of(told),
            made_by=by,
            made_at=at,
            ends_at=ends_at,
            for_service=for_service,
        )
        return token, told

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


class ApiToken(ShownOnce):
    """`person` is whose rights it has: its own owner's, or for a service whom an admin chose."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    for_service = models.BooleanField(default=False, db_default=False)
    scopes = models.JSONField(default=list)
    ends_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    def allows(self, scope: str) -> bool:
        return scope in self.scopes
