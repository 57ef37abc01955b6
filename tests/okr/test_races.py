"""What two people do in the same moment is counted twice; on PostgreSQL this can go wrong."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from functools import partial
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from okr import proof
from okr.forms.people import NewPersonForm
from okr.models import KeyResult, Objective, Person, RefusedError, Role
from okr.models.closure import ClosedError
from tests.cast import make_cycle, make_key_result, make_objective, make_person

OBJECTIVES = 25
ROUNDS = 10


@pytest.mark.django_db(transaction=True)
def test_check_ins_in_the_same_moment_lose_nothing():
    ben, cycle = make_person("Ben Okafor"), make_cycle()
    pairs = [two_of(make_objective(ben, cycle)) for _ in range(OBJECTIVES)]
    start = Barrier(2)
    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(check_in, side, start) for side in zip(*pairs, strict=True)]:
            done.result()
    assert proof.derive_everything().differences == []


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_at_once_is_recorded_once():
    ben, cycle, now = make_person("Ben Okafor"), make_cycle(), timezone.now()
    objective = make_objective(ben, cycle)
    for _ in range(ROUNDS):
        key_result, token = make_key_result(objective), uuid4()
        say = partial(key_result.check_in, by=ben, at=now, confidence="on_track", token=token)
        at_once(say, say)
        assert key_result.check_ins.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_demote_each_other_leave_one():
    for _ in range(ROUNDS):
        Person.objects.all().delete()
        pair = [
            make_person(name, password="a plumb line", role=Role.OKR_ADMIN)
            for name in ("Olga Petrenko", "Henrik Dahl")
        ]
        at_once(*(partial(person.take_role, Role.EMPLOYEE) for person in pair))
        assert Person.objects.filter(role=Role.OKR_ADMIN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_added_twice_at_once_is_refused_in_a_form():
    sent = {"name": "Dana Holt", "email": "dana@larkspur.example", "role": "employee"}
    forms = [NewPersonForm(sent) for _ in range(2)]
    assert all(form.is_valid() for form in forms)
    olga = make_person("Olga Petrenko")
    at_once(*(partial(form.add, olga, timezone.now()) for form in forms))
    assert Person.objects.filter(email=sent["email"]).count() == 1
    assert sum("email" in form.errors for form in forms) == 1


@pytest.mark.django_db(transaction=True)
def test_moves_that_cross_close_no_circle():
    for _ in range(ROUNDS):
        Person.objects.all().delete()
        ada, cleo = make_person("Ada Lindqvist"), make_person("Cleo Marchetti")
        ben, dev = (
            make_person("Ben Okafor", reports_to=ada),
            make_person("Dev Patel", reports_to=cleo),
        )
        at_once(partial(ada.report_to, dev), partial(cleo.report_to, ben))
        for person in Person.objects.select_related("manager"):
            above = person.manager.line if person.manager else "/"
            assert person.line == f"{above}{person.pk}/"
        assert Person.objects.filter(manager=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_moves_or_changes_after_it_was_closed():
    ben, cycle, now = make_person("Ben Okafor"), make_cycle(), timezone.now()
    for _ in range(ROUNDS):
        objective = make_objective(ben, cycle)
        number = make_key_result(objective)
        edited = KeyResult.objects.get(pk=number.pk)
        edited.title = "Changed"
        say = partial(number.check_in, by=ben, at=now, confidence="on_track", value=Decimal(50))
        judged: dict[str, Any] = {
            "score": Decimal(0),
            "retrospective": "Learnt",
            "outcome": "close",
        }
        close = partial(Objective.objects.get(pk=objective.pk).close, by=ben, at=now, **judged)
        at_once(say, close, partial(edited.keep, by=ben, at=now))
        *_, last = objective.changes.order_by("pk")
        assert last.field == "closure"
        with pytest.raises(ClosedError):
            number.check_in(by=ben, at=now, confidence="on_track", value=Decimal(90))
    assert proof.derive_everything().differences == []


def at_once(*verbs):
    """Each in a thread of its own; what is refused is refused."""
    start = Barrier(len(verbs))
    with ThreadPoolExecutor(len(verbs)) as people:
        for done in [people.submit(attempt, verb, start) for verb in verbs]:
            done.result()


def attempt(verb, start):
    try:
        start.wait(timeout=30)
        with suppress(RefusedError, ClosedError):
            verb()
    finally:
        connection.close()


def two_of(objective):
    return [make_key_result(objective).pk for _ in range(2)]


def check_in(side: Iterable[int], start: Barrier) -> None:
    try:
        for key_result in KeyResult.objects.filter(pk__in=side).select_related("owner"):
            start.wait(timeout=30)
            at, by = timezone.now(), key_result.owner
            key_result.check_in(by=by, at=at, confidence="on_track", value=Decimal(50))
    finally:
        connection.close()
