"""Whom and what the matrix walks with: a person for each role, a public and a secret objective."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.test import Client

from okr.models import Cycle, KeyResult, Level, Objective, Person, Role, Visibility
from tests.cast import make_cycle, make_key_result, make_objective, make_person, make_unit
from tests.okr.matrix.declaring import Noun, Pair

CANARY = "Zweig"
"""Begins the words of everything that is confidential; stands nowhere else."""


@dataclass
class World:
    nouns: Mapping[str, Noun]

    @cached_property
    def people(self) -> dict[str, Person]:
        """Ada leads Platform, Ben reports to her, Vera is named on what is confidential."""
        platform, success = make_unit("Platform"), make_unit("Customer Success")
        ada = make_person("Ada Lindqvist", unit=platform)
        platform.lead = ada
        platform.save()
        return {
            "manager": ada,
            "owner": make_person("Ben Okafor", unit=platform, reports_to=ada),
            "elsewhere": make_person("Cleo Marchetti", unit=success),
            "viewer": make_person("Vera Novak", unit=success),
            "admin": make_person("Olga Petrenko", role=Role.OKR_ADMIN),
            "inactive": make_person("Igor Gone", unit=success, is_active=False),
        }

    @cached_property
    def keys(self) -> dict[str, str]:
        """The session in which each is signed in."""
        return {role: session_of(person) for role, person in self.people.items()}

    @cached_property
    def cycle(self) -> Cycle:
        return make_cycle()

    @cached_property
    def top(self) -> Objective:
        """A public objective of the company, which both contribute to."""
        owner = self.people["admin"]
        return make_objective(owner, self.cycle, title="Clinics thrive", level=Level.COMPANY)

    @cached_property
    def public(self) -> KeyResult:
        objective = make_objective(
            self.people["owner"], self.cycle, title="Clinics trust the schedule", parent=self.top
        )
        return make_key_result(objective, at="40")

    @cached_property
    def secret(self) -> KeyResult:
        objective = make_objective(
            self.people["owner"],
            self.cycle,
            title=f"{CANARY} takeover",
            description=f"{CANARY} reasons",
            visibility=Visibility.CONFIDENTIAL,
            viewers=[self.people["viewer"]],
            parent=self.top,
        )
        return make_key_result(objective, at="63", title=f"{CANARY} offers signed")

    def pair(self, name: str) -> Pair:
        noun = self.nouns[name]
        return Pair(noun(self.public), noun(self.secret))

    def build(self) -> "World":
        """Everything there is, so that whatever leaks has something to leak."""
        assert self.public.pk != self.secret.pk
        assert self.keys
        return self


def session_of(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def missing(value: Any) -> Any:
    """Like the value, and of nothing."""
    return type(value)(2**31 - 5) if isinstance(value, int) else "nothing-is-called-this"
