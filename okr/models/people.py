"""Everybody who works here or did: finding them, and letting them in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models, transaction
from django.db.models import Q

from okr.models.happens import Happens
from okr.models.holding import holding
from okr.models.outbox import happened

if TYPE_CHECKING:
    from okr.models.person import Person

MENTIONED = (("pk", "name__holds"), ("pk", "designation__holds"), ("unit", "name__icontains"))


class State(models.TextChoices):
    """Where somebody stands between being entered and having left."""

    ACTIVE = "active", "Active"
    INVITED = "invited", "Invited"
    NOT_INVITED = "not_invited", "Not invited"
    DEACTIVATED = "deactivated", "Deactivated"


CAN_SIGN_IN = Q(last_login__isnull=False) | ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
STATES = {
    State.ACTIVE: Q(is_active=True) & CAN_SIGN_IN,
    State.INVITED: Q(is_active=True, invited_at__isnull=False) & ~CAN_SIGN_IN,
    State.NOT_INVITED: Q(is_active=True, invited_at=None) & ~CAN_SIGN_IN,
    State.DEACTIVATED: Q(is_active=False),
}


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_password(self) -> Self:
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def in_state(self, state: State) -> Self:
        return self.filter(STATES[state])

    def in_line_of(self, person: "Person") -> Self:
        """The person and everybody who reports to them, directly or through others."""
        return self.filter(person.in_line())

    def matching(self, words: str) -> Self:
        """Everybody whose name, designation or unit contains each of the words."""
        return holding(self, MENTIONED, words.split())

    def known_as(self, words: str) -> Self:
        """As `matching`, and by e-mail address too."""
        return holding(self, (*MENTIONED, ("pk", "email__icontains")), words.split())


class People(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def join(
        self,
        *,
        email: str,
        name: str,
        password: str | None = None,
        reports_to: "Person | None" = None,
        **fields: Any,
    ) -> "Person":
        """Adds a person; without a password they cannot sign in with one."""
        person: Person = self.model(email=email.strip().lower(), name=name, **fields)
        person.set_password(password)
        with transaction.atomic():
            person.save(using=self._db)
            person.report_to(reports_to)
            happened(Happens.PERSON_ADDED, person)
        return person

    def keep_passwords_of(self, named: Iterable["Person"]) -> None:
        """These, and nobody else, sign in with a password whatever the company decides."""
        chosen = [person.pk for person in named]
        self.filter(keeps_password=True).exclude(pk__in=chosen).update(keeps_password=False)
        self.filter(pk__in=chosen).update(keeps_password=True)

    def one_at_a_time(self) -> None:
        """Holds back every other change of lines and roles until the transaction ends.

        The row of the first person stands for the company: two moves that cross queue up there.
        """
        first = self.select_for_update(no_key=True).order_by("pk").values_list("pk")
        list(first[:1])
