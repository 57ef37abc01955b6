"""The named cast: Ada leads Platform, Ben reports to her, Cleo is elsewhere, Olga is OKR admin."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from okr.models import Cycle, KeyResult, Objective, Person, Policy, Role, Unit

WEEKS, WEEK_NOW = 13, 7


def make_unit(name: str, **fields: Any) -> Unit:
    slug = name.lower().replace(" ", "-")
    return Unit.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def make_person(name: str, **fields: Any) -> Person:
    """Somebody who can be signed in by `signed_in`, but has no password of their own."""
    email = f"{name.lower().replace(' ', '.')}@larkspur.example"
    return Person.objects.join(**{"email": email, "name": name, **fields})


def make_cycle(name: str = "Autumn", today: date | None = None, **fields: Any) -> Cycle:
    """Thirteen weeks of which the seventh is running."""
    starts_on = (today or timezone.localdate()) - timedelta(weeks=WEEK_NOW - 1)
    dates = {"starts_on": starts_on, "ends_on": starts_on + timedelta(weeks=WEEKS, days=-1)}
    return Cycle.objects.create(name=name, **{**dates, **fields})


def make_objective(owner: Person, cycle: Cycle, **fields: Any) -> Objective:
    """An individual objective unless told otherwise, aligned and carried upward."""
    viewers = fields.pop("viewers", ())
    title = fields.pop("title", "Clinics trust the schedule")
    objective = Objective(owner=owner, cycle=cycle, title=title, **fields)
    objective.keep()
    objective.viewers.set(viewers)
    return objective


def make_key_result(
    objective: Objective, at: str | Decimal | None = None, **fields: Any
) -> KeyResult:
    """A key result from 0 to 100; with `at`, its owner has checked that value in."""
    fields = {"owner": objective.owner, "title": "Fewer missed appointments", **fields}
    key_result = KeyResult(objective=objective, **fields)
    key_result.keep()
    if at is not None:
        now = timezone.now()
        by = key_result.owner
        key_result.check_in(by=by, at=now, confidence="on_track", value=Decimal(at))
    objective.refresh_from_db()
    return key_result


def adopt(**decided: Any) -> Policy:
    """The company decides this; its one row has the same number in every database."""
    return Policy.objects.update_or_create(pk=1, defaults=decided)[0]


@contextmanager
def standing(blocker: Any) -> Iterator[None]:
    """What is made within stands for all tests of a file; theirs alone is taken back after each."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(person: Person) -> Client:
    """As if the person had typed a password a moment ago."""
    client = Client()
    client.force_login(person)
    session = client.session
    typed = {"method": "password", "at": timezone.now().timestamp(), "reauthenticated": True}
    session["account_authentication_methods"] = [typed]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


@pytest.fixture
def ada(db: None) -> Person:
    """Leads Platform."""
    platform = make_unit("Platform")
    ada = make_person("Ada Lindqvist", designation="Head of Platform", unit=platform)
    platform.lead = ada
    platform.save()
    return ada


@pytest.fixture
def ben(ada: Person) -> Person:
    """Reports to Ada."""
    return make_person("Ben Okafor", designation="Platform Engineer", unit=ada.unit, reports_to=ada)


@pytest.fixture
def cleo(db: None) -> Person:
    """Works elsewhere: in nobody's line of the others."""
    unit = make_unit("Customer Success")
    return make_person("Cleo Marchetti", designation="Customer Success Manager", unit=unit)


@pytest.fixture
def olga(db: None) -> Person:
    """OKR admin."""
    unit = make_unit("People")
    return make_person(
        "Olga Petrenko", designation="Chief of Staff", unit=unit, role=Role.OKR_ADMIN
    )


@pytest.fixture
def cycle(db: None) -> Cycle:
    return make_cycle()
