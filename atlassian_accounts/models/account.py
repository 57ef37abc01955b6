"""Our mirror of one Atlassian account, and which of our people it belongs to by e-mail address."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from atlassian_accounts.client import Status
from atlassian_accounts.models.connection import OrganizationConnection, Source
from okr.models import Person
from okr.models.people import PersonQuerySet

PERSON = "atlassian"
"""The kind of an account that is a person's, no app's and no customer's."""
ROLES_LENGTH = 500


class AccountStatus(models.TextChoices):
    ACTIVE = Status.ACTIVE.value, "Active"
    SUSPENDED = Status.SUSPENDED.value, "Suspended"
    NOT_INVITED = Status.NOT_INVITED.value, "Not invited"
    INACTIVE = Status.INACTIVE.value, "Deactivated"
    FOR_DELETION = Status.FOR_DELETION.value, "To be deleted"
    CLOSED = Status.CLOSED.value, "Closed"
    UNKNOWN = Status.UNKNOWN.value, "Not told"


USABLE = (AccountStatus.ACTIVE, AccountStatus.UNKNOWN)
"""What lets somebody in, for all that we know."""


def known_by_email() -> models.QuerySet[Any]:
    """Everybody who ever was here, with the address as our accounts have it."""
    found: models.QuerySet[Any] = Person.objects.annotate(small_email=Lower("email"))
    return found


class AccountQuerySet(models.QuerySet["Account"]):
    def there(self) -> Self:
        """Those that Atlassian still lists."""
        return self.filter(gone_at=None)

    def of_people(self) -> Self:
        return self.filter(kind=PERSON)

    def searched(self, words: Sequence[str]) -> Self:
        found = self
        for word in words:
            found = found.filter(
                Q(name__icontains=word) | Q(email__icontains=word) | Q(account_id=word)
            )
        return found

    def belonging_to(self, *, active: bool) -> Self:
        """Those of our people, who are still here or have left."""
        ours = known_by_email().filter(small_email=OuterRef("email"), is_active=active)
        return self.exclude(email="").filter(Exists(ours))

    def of_nobody(self) -> Self:
        ours = known_by_email().filter(small_email=OuterRef("email"))
        return self.filter(~Exists(ours) | Q(email=""))

    def usable(self) -> Self:
        """With which somebody who is here could sign in to Atlassian."""
        return self.there().of_people().filter(status__in=USABLE)

    def left_behind(self) -> Self:
        """Who left, and could still sign in to Atlassian."""
        return self.usable().belonging_to(active=False)

    def locked_out(self) -> Self:
        """Who is here, and cannot sign in to Atlassian."""
        shut = self.there().of_people().exclude(status__in=USABLE)
        return shut.belonging_to(active=True)

    def unused(self) -> Self:
        """Who is here and never used Jira; a single site does not tell what is used."""
        told = self.usable().filter(connection__source=Source.ORGANIZATION)
        return told.belonging_to(active=True).exclude(products__key__startswith="jira")


class Account(models.Model):
    connection = models.ForeignKey(
        OrganizationConnection, on_delete=models.CASCADE, related_name="accounts"
    )
    account_id = models.CharField(max_length=128)
    name = models.CharField(max_length=255, blank=True)
    email = models.CharField(
        max_length=254, blank=True, help_text="In small letters; empty where Atlassian hides it."
    )
    kind = models.CharField(max_length=40, default=PERSON)
    status = models.CharField(max_length=16, choices=AccountStatus, default=AccountStatus.UNKNOWN)
    is_managed = models.BooleanField(null=True)
    roles = models.CharField(max_length=ROLES_LENGTH, blank=True, help_text="Parted by commas.")
    added_at = models.DateTimeField(null=True)
    last_active = models.DateTimeField(null=True, help_text="In whichever product it was last.")
    seen_in = models.PositiveBigIntegerField(help_text="The reading that listed it last.")
    gone_at = models.DateTimeField(null=True, help_text="When Atlassian listed it no longer.")

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["connection", "account_id"], name="an_account_once")
        ]
        indexes = [
            models.Index(fields=["email"]),
            models.Index(fields=["connection", "gone_at", "name"]),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.account_id

    @property
    def role_names(self) -> list[str]:
        return [role for role in self.roles.split(", ") if role]

    @property
    def is_usable(self) -> bool:
        return self.gone_at is None and self.status in USABLE

    @property
    def is_connected(self) -> bool:
        """Whether it is the one as which we read: that is never removed."""
        connection = self.connection
        is_named = self.email != "" and self.email == connection.admin_email.lower()
        return is_named or self.account_id == connection.account_id

    def leave(self, at: datetime) -> None:
        self.gone_at = at
        self.save(update_fields=["gone_at"])


def without_account() -> PersonQuerySet:
    """The active people whose address no account has."""
    theirs = Account.objects.there().of_people().filter(email=OuterRef("small_email"))
    found: PersonQuerySet = Person.objects.active().annotate(small_email=Lower("email"))
    return found.filter(~Exists(theirs)).order_by("name", "pk")
