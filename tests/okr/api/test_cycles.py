"""Cycles through the API: planned by OKR admins, closed, and opened again."""

import pytest
from django.utils import timezone

from okr.models import AuditEntry, Cycle
from tests.cast import make_cycle, make_key_result, make_objective
from tests.okr.api.script import client_of, faults, send

URL = "/api/v1/cycles/"
ADMIN = ("read", "write", "admin")
ANY = {"If-Match": "*"}
HALF = {"name": "Half", "starts_on": "2031-01-01", "ends_on": "2031-06-30"}


def names(response):
    return [each["name"] for each in response.json()["results"]]


def test_everybody_reads_them_by_their_state(olga, cleo, cycle):
    make_cycle("Closed", closed_at=timezone.now(), kind="year")
    Cycle.objects.create(kind="custom", **HALF)
    client = client_of(cleo)

    for state, name in (("running", cycle.name), ("planned", "Half"), ("closed", "Closed")):
        told = client.get(f"{URL}?state={state}")
        assert names(told) == [name]
        assert told.json()["results"][0]["state"] == state
    assert names(client.get(f"{URL}?kind=year")) == ["Closed"]
    assert client.get(f"{URL}?state=gone").status_code == 400


def test_one_is_planned_moved_and_deleted(olga):
    client = client_of(olga, *ADMIN)
    made = send(client, "post", URL, HALF)
    assert made.status_code == 201, made.json()

    moved = send(client, "patch", made["Location"], {"ends_on": "2031-07-31"}, **ANY)
    assert moved.json() == made.json() | {"ends_on": "2031-07-31", "version": 2}
    assert send(client, "delete", made["Location"], **ANY).status_code == 204
    assert [each.action for each in AuditEntry.objects.order_by("id")] == [
        "cycles.added",
        "cycles.changed",
        "cycles.deleted",
    ]


def test_one_with_objectives_stays(olga, ben, cycle):
    make_objective(ben, cycle)

    refused = send(client_of(olga, *ADMIN), "delete", f"{URL}{cycle.pk}/", **ANY)

    assert refused.status_code == 409
    assert Cycle.objects.filter(pk=cycle.pk).exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"ends_on": "2031-01-01"}, "ends_on"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"kind": "month"}, "kind"),
        ({"closed_at": None}, "closed_at"),
    ],
)
def test_what_is_wrong_is_named_and_adds_none(olga, body, field):
    refused = send(client_of(olga, *ADMIN), "post", URL, HALF | body)

    assert refused.status_code in (400, 422), refused.json()
    assert faults(refused) == [field]
    assert not Cycle.objects.exists()


def test_the_quarters_of_a_year_are_made_once(olga):
    client = client_of(olga, *ADMIN)

    made = send(client, "post", f"{URL}generation/", {"year": 2031, "whole_year": True})
    assert made.status_code == 201, made.json()
    assert len(made.json()["cycles"]) == Cycle.objects.count() == 5

    again = send(client, "post", f"{URL}generation/", {"year": 2031})
    assert again.status_code == 422
    neither = {"year": 2031, "quarters": False}
    assert faults(send(client, "post", f"{URL}generation/", neither)) == ["quarters"]


def test_one_is_closed_with_what_is_in_it_and_opened_again(olga, ben, cycle):
    objective = make_objective(ben, cycle)
    make_key_result(objective, at="40")
    client, url = client_of(olga, *ADMIN), f"{URL}{cycle.pk}/closure/"

    closed = send(client, "post", url, {})
    assert (closed.status_code, closed.json()["state"]) == (200, "closed"), closed.json()
    assert closed.json()["closed_by"] == olga.pk
    objective.refresh_from_db()
    assert str(objective.closure.score) == "0.4"
    assert send(client, "post", url, {}).status_code == 409
    assert send(client, "patch", f"{URL}{cycle.pk}/", {"name": "X"}, **ANY).status_code == 409

    opened = send(client, "delete", url)
    assert (opened.status_code, opened.json()["state"]) == (200, "running")
    assert send(client, "delete", url).status_code == 409
    assert [each.action for each in AuditEntry.objects.order_by("id")] == [
        "cycles.closed",
        "cycles.reopened",
    ]


def test_who_owes_a_retrospective_is_reminded_once_a_day(olga, ben, cycle):
    make_objective(ben, cycle)
    client, url = client_of(olga, *ADMIN), f"{URL}{cycle.pk}/reminder/"

    assert [send(client, "post", url, {}).json() for _ in range(2)] == [
        {"reminded": 1},
        {"reminded": 0},
    ]


def test_others_close_none(olga, cleo, cycle):
    for client in (client_of(cleo, *ADMIN), client_of(olga)):
        for method in ("post", "delete"):
            assert send(client, method, f"{URL}{cycle.pk}/closure/", {}).status_code == 403
        assert send(client, "post", URL, HALF).status_code == 403
    assert not AuditEntry.objects.exists()


def test_a_list_costs_the_same_for_3_and_for_30(olga, django_assert_max_num_queries):
    client = client_of(olga)

    def queries(first, last):
        for row in range(first, last):
            make_cycle(f"Row {row}")
        with django_assert_max_num_queries(8) as asked:
            client.get(f"{URL}?limit=100")
        return len(asked)

    queries(0, 3)
    assert queries(0, 0) == queries(3, 30)
