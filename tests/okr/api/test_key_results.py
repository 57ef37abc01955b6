"""Key results through the API: added to an objective, changed, planned by milestones, deleted."""

from decimal import Decimal

import pytest

from okr.models import KeyResult
from tests.cast import make_key_result, make_objective
from tests.okr.api.script import client_of, send

URL = "/api/v1/key-results/"
ANY = {"If-Match": "*"}


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


@pytest.fixture
def key_result(objective):
    return make_key_result(objective, at="40", title="Calls end within a minute")


def test_one_is_added_to_an_objective(ben, objective):
    body = {"objective": objective.pk, "title": "Calls", "start": "10", "target": 40.5}

    response = send(client_of(ben), "post", URL, body)

    assert response.status_code == 201, response.json()
    made = KeyResult.objects.get()
    assert (made.objective, made.owner, made.kind) == (objective, ben, "number")
    assert (made.start, made.target) == (Decimal(10), Decimal("40.5"))
    assert response["Location"] == f"{URL}{made.pk}/"


def test_one_by_milestones_is_planned_and_replanned(ben, objective, cycle):
    client, day = client_of(ben), str(cycle.ends_on)
    body = {"objective": objective.pk, "title": "Moved", "kind": "milestones"}
    steps = [{"title": "First", "due_on": day}, {"title": "Second", "due_on": day, "weight": 2}]
    made = send(client, "post", URL, body | {"milestones": steps})
    assert made.status_code == 201, made.json()
    first, second = made.json()["milestones"]
    url = made["Location"]

    kept = send(client, "patch", url, {"title": "Moved in"}, **ANY).json()
    assert [each["id"] for each in kept["milestones"]] == [first["id"], second["id"]]

    planned = [{"title": "Third", "due_on": day}, {**second, "title": "Second, late"}]
    del planned[1]["done_at"]
    replanned = send(client, "patch", url, {"milestones": planned}, **ANY)
    assert replanned.status_code == 200, replanned.json()
    assert [
        (each["id"] == second["id"], each["title"]) for each in replanned.json()["milestones"]
    ] == [
        (True, "Second, late"),
        (False, "Third"),
    ]


def test_what_a_change_leaves_out_stays(ben, key_result):
    url = f"{URL}{key_result.pk}/"

    assert send(client_of(ben), "patch", url, {"weight": "3"}, **ANY).status_code == 200

    before, key_result = key_result, KeyResult.objects.get()
    assert key_result.weight == 3
    for name in ("title", "start", "target", "current", "progress", "owner", "kind"):
        assert getattr(key_result, name) == getattr(before, name), name


def test_its_rules_are_those_of_the_form(ben, objective, key_result):
    client, url = client_of(ben), f"{URL}{key_result.pk}/"
    for body, field in (
        ({"target": "0", "start": "0"}, "target"),
        ({"progress": 90}, "progress"),
        ({"weight": -1}, "weight"),
        ({"kind": "guess"}, "kind"),
        ({"milestones": [{"title": "x", "due_on": "soon"}]}, "milestones.0.due_on"),
    ):
        refused = send(client, "patch", url, body, **ANY)
        assert refused.status_code in (400, 422), refused.json()
        assert field in [each["field"] for each in refused.json()["errors"]], refused.json()
    assert KeyResult.objects.get().version == key_result.version


def test_only_an_editor_adds_changes_or_deletes(cleo, objective, key_result):
    client, url = client_of(cleo), f"{URL}{key_result.pk}/"

    assert send(client, "post", URL, {"objective": objective.pk, "title": "A"}).status_code == 403
    assert send(client, "patch", url, {"title": "A"}, **ANY).status_code == 403
    assert send(client, "delete", url, **ANY).status_code == 403
    assert send(client, "post", URL, {"objective": 0, "title": "A"}).status_code == 400
    assert send(client, "post", URL, {"objective": 99_999, "title": "A"}).status_code == 422
    assert KeyResult.objects.get().title == key_result.title


def test_a_deleted_one_is_gone_and_the_objective_stays(ben, objective, key_result):
    url = f"{URL}{key_result.pk}/"

    assert send(client_of(ben), "delete", url, **ANY).status_code == 204

    objective.refresh_from_db()
    assert objective.progress is None
    assert client_of(ben).get(url).status_code == 404


def test_a_list_costs_the_same_for_3_and_for_30(ben, objective, django_assert_max_num_queries):
    client = client_of(ben)

    def queries(number):
        for row in range(number):
            make_key_result(objective, title=f"Row {row}")
        with django_assert_max_num_queries(8) as asked:
            client.get(f"{URL}?limit=100")
        return len(asked)

    queries(3)
    assert queries(0) == queries(27)
