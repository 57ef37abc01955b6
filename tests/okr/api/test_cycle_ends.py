"""The end of a cycle through the API: retrospectives, and what is carried on."""

from datetime import timedelta

import pytest

from okr.models import AuditEntry, Closure, Objective
from tests.cast import make_cycle, make_key_result, make_objective
from tests.okr.api.script import client_of, faults, send

URL = "/api/v1/cycles/"
ADMIN = ("read", "write", "admin")
WORDS = {"score": 0.4, "retrospective": "Two clinics were late.", "outcome": "continue"}


@pytest.fixture
def objective(ben, cycle):
    objective = make_objective(ben, cycle)
    make_key_result(objective, at="40")
    return objective


@pytest.fixture
def later(cycle):
    first = cycle.ends_on + timedelta(days=1)
    return make_cycle("Winter", starts_on=first, ends_on=first + timedelta(days=90))


def ids(response):
    return [each["id"] for each in response.json()["results"]]


def test_what_waits_for_words_is_listed_until_they_are_said(olga, cycle, objective):
    client, url = client_of(olga, *ADMIN), f"{URL}{cycle.pk}/"
    assert ids(client.get(f"{url}unsaid/")) == [objective.pk]

    body = {"retrospectives": [{"objective": objective.pk, **WORDS}]}
    said = send(client, "post", f"{url}retrospectives/", body)

    assert (said.status_code, said.json()) == (201, {"objectives": [objective.pk]})
    assert ids(client.get(f"{url}unsaid/")) == []
    closure = Closure.objects.get()
    assert (str(closure.score), closure.by, closure.outcome) == ("0.4", olga, "continue")
    assert send(client, "post", f"{url}retrospectives/", body).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"score": "1.5"}, "retrospectives.1.score"),
        ({"retrospective": " "}, "retrospectives.1.retrospective"),
        ({"outcome": "wait"}, "retrospectives.1.outcome"),
        ({"objective": 99_999}, "retrospectives.1.objective"),
    ],
)
def test_one_that_is_wrong_is_named_and_none_is_said(olga, ben, cycle, objective, wrong, field):
    other = make_objective(ben, cycle, title="Calls end")
    rows = [{"objective": objective.pk, **WORDS}, {"objective": other.pk, **WORDS} | wrong]

    url = f"{URL}{cycle.pk}/retrospectives/"
    refused = send(client_of(olga, *ADMIN), "post", url, {"retrospectives": rows})

    assert refused.status_code in (400, 422)
    assert faults(refused) == [field]
    assert not Closure.objects.exists()


def test_what_is_unfinished_is_carried_once(olga, ben, cycle, later, objective):
    done = make_objective(ben, cycle, title="Finished")
    make_key_result(done, at="100")
    client, url = client_of(olga, *ADMIN), f"{URL}{cycle.pk}/"
    (left,) = client.get(f"{url}unfinished/").json()["results"]
    assert (left["id"], left["is_there"]) == (objective.pk, False)

    body = {"into": later.pk, "objectives": [objective.pk]}
    carried = send(client, "post", f"{url}carrying/", body)

    assert carried.status_code == 201, carried.json()
    new = Objective.objects.get(pk=carried.json()["objectives"][0])
    assert (new.cycle, new.carried_from, new.owner) == (later, objective, ben)
    assert client.get(f"{url}unfinished/?into={later.pk}").json()["results"][0]["is_there"]
    assert send(client, "post", f"{url}carrying/", body).json() == {"objectives": []}
    assert AuditEntry.objects.get().action == "cycles.carried"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"into": 99_999}, "into"),
        ({"objectives": [99_999]}, "objectives.0"),
        ({"objectives": []}, "objectives"),
        ({"objectives": ["x"]}, "objectives.0"),
    ],
)
def test_what_cannot_be_carried_is_named(olga, cycle, later, objective, wrong, field):
    body = {"into": later.pk, "objectives": [objective.pk]} | wrong
    refused = send(client_of(olga, *ADMIN), "post", f"{URL}{cycle.pk}/carrying/", body)

    assert refused.status_code in (400, 422)
    assert faults(refused) == [field]
    assert Objective.objects.count() == 1


def test_a_cycle_that_is_not_offered_holds_nothing_to_carry(olga, cycle, objective):
    client = client_of(olga, *ADMIN)

    assert ids(client.get(f"{URL}{cycle.pk}/unfinished/")) == []
    assert ids(client.get(f"{URL}{cycle.pk}/unfinished/?into={cycle.pk}")) == []


def test_others_neither_say_nor_carry(olga, cleo, cycle, objective):
    for client in (client_of(cleo, *ADMIN), client_of(olga)):
        for name in ("retrospectives", "carrying"):
            assert send(client, "post", f"{URL}{cycle.pk}/{name}/", {}).status_code == 403
        assert client.get(f"{URL}{cycle.pk}/unsaid/").status_code == 403
        assert client.get(f"{URL}{cycle.pk}/unfinished/").status_code == 403
