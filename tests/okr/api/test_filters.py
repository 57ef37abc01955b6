"""Lists are narrowed by what stands behind the question mark; what is unseen finds nothing."""

import base64
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from okr.models import Confidence, Cycle, Unit
from tests.cast import make_cycle, make_key_result, make_objective, make_unit
from tests.okr.api.script import client_of


def titles(client, path, **asked):
    answer = client.get(f"/api/v1/{path}/", asked)
    assert answer.status_code == 200, answer.json()
    return [each["title"] for each in answer.json()["results"]]


@pytest.fixture
def some(ben, cleo, cycle):
    """One of Ben's, tagged and at risk, and one of Cleo's in another cycle, which is closed."""
    ours = make_objective(ben, cycle, title="Ours")
    ours.tag(["Growth"])
    make_key_result(ours, title="Judged", at="40")
    judged = make_key_result(ours, title="At risk")
    judged.check_in(by=ben, at=timezone.now(), confidence=Confidence.AT_RISK, value=Decimal(10))
    past = make_cycle("Past")
    theirs = make_objective(cleo, past, title="Theirs", parent=None)
    make_key_result(theirs, title="Not judged", kind="yes_no")
    Cycle.objects.filter(pk=past.pk).update(closed_at=timezone.now())
    return ours, theirs


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Ours", "Theirs"]),
        ({"q": "okafor"}, ["Ours"]),
        ({"cycle": "ours.cycle_id"}, ["Ours"]),
        ({"owner": "theirs.owner_id"}, ["Theirs"]),
        ({"unit": "ours.owner.unit_id"}, ["Ours"]),
        ({"within": "ours.owner.unit_id"}, ["Ours"]),
        ({"level": "unit"}, []),
        ({"visibility": "public"}, ["Ours", "Theirs"]),
        ({"approval": "draft"}, []),
        ({"tag": "growth "}, ["Ours"]),
        ({"confidence": "at_risk"}, ["Ours"]),
        ({"confidence": "on_track"}, []),
        ({"confidence": "none"}, ["Theirs"]),
        ({"open": "true"}, ["Ours"]),
        ({"open": "false"}, ["Theirs"]),
        ({"open": "true", "owner": "theirs.owner_id"}, []),
        ({"parent": "ours.pk"}, []),
    ],
)
def test_objectives(ben, some, asked, found):
    assert titles(client_of(ben), "objectives", **resolved(asked, some)) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"objective": "ours.pk"}, ["Judged", "At risk"]),
        ({"cycle": "theirs.cycle_id"}, ["Not judged"]),
        ({"owner": "ours.owner_id", "q": "risk"}, ["At risk"]),
        ({"unit": "theirs.owner.unit_id"}, ["Not judged"]),
        ({"within": "theirs.owner.unit_id"}, ["Not judged"]),
        ({"kind": "yes_no"}, ["Not judged"]),
        ({"confidence": "at_risk"}, ["At risk"]),
        ({"confidence": "none"}, ["Not judged"]),
        ({"tracked_by": "nothing"}, []),
        ({"open": "false"}, ["Not judged"]),
        ({"waiting": "true"}, []),
        ({"waiting": "false"}, ["Judged", "At risk", "Not judged"]),
    ],
)
def test_key_results(ben, some, asked, found):
    assert titles(client_of(ben), "key-results", **resolved(asked, some)) == found


def test_a_unit_is_asked_for_with_all_within_it(ben, cleo, cycle):
    company = make_unit("Larkspur")
    Unit.objects.filter(pk=ben.unit_id).update(parent=company)
    make_key_result(make_objective(ben, cycle, title="Within"), title="Counted")
    make_key_result(make_objective(cleo, cycle, title="Without"))
    client = client_of(ben)

    assert titles(client, "objectives", within=company.pk) == ["Within"]
    assert titles(client, "key-results", within=company.pk, waiting="true") == ["Counted"]
    assert titles(client, "objectives", unit=company.pk) == []
    assert titles(client, "objectives", within=99_999) == []


def test_what_is_unseen_finds_nothing_and_is_not_given_away(ben, cleo, cycle):
    hidden = make_objective(ben, cycle, title="Hidden", visibility="confidential")
    make_key_result(hidden)
    make_objective(ben, cycle, title="Seen", parent=hidden)
    client = client_of(cleo)

    assert titles(client, "objectives", parent=hidden.pk) == []
    assert titles(client, "key-results", objective=hidden.pk) == []
    assert titles(client_of(ben), "objectives", parent=hidden.pk) == ["Seen"]


def test_check_ins_of_a_time(ben, some):
    judged = some[0].key_results.get(title="At risk")
    url = f"/api/v1/key-results/{judged.pk}/check-ins/"
    soon = (timezone.now() + timedelta(hours=1)).isoformat()

    def count(**asked):
        return len(client_of(ben).get(url, asked).json()["results"])

    assert (count(), count(since=soon), count(until=soon)) == (1, 0, 1)
    assert (count(by=ben.pk), count(by=ben.pk + 1), count(confidence="on_track")) == (1, 0, 0)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"cycle": "ours.cycle_id"}, 2),
        ({"objective": "ours.pk"}, 2),
        ({"unit": "ours.owner.unit_id"}, 2),
        ({"within": "theirs.owner.unit_id"}, 0),
        ({"cycle": "theirs.cycle_id"}, 0),
    ],
)
def test_all_check_ins(ben, some, asked, number):
    answer = client_of(ben).get("/api/v1/check-ins/", resolved(asked, some))
    assert len(answer.json()["results"]) == number


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"cycle": "autumn"}, "cycle"),
        ({"owner": str(2**63)}, "owner"),
        ({"level": "team"}, "level"),
        ({"open": "perhaps"}, "open"),
        ({"q": "a\0b"}, "q"),
        ({"cursor": "nothing"}, "cursor"),
        ({"cursor": base64.b64encode(b"p=nothing").decode()}, "cursor"),
        ({"sort": "title"}, "sort"),
    ],
)
def test_what_cannot_be_asked_is_named(ben, asked, field):
    refused = client_of(ben).get("/api/v1/objectives/", asked)

    assert refused.status_code == (422 if field == "cursor" else 400)
    assert [each["field"] for each in refused.json()["errors"]] == [field]


def resolved(asked, some):
    """`ours.pk` as the number that it has."""
    words = {"ours": some[0], "theirs": some[1]}
    return {name: _follow(value, words) for name, value in asked.items()}


def _follow(value, words):
    first, *rest = value.split(".")
    if first not in words:
        return value
    found = words[first]
    for name in rest:
        found = getattr(found, name)
    return found
