"""What moves what, through the API: assigned on, weighed, ticked, by the rules of the pages."""

import pytest

from okr.models import KeyResult, Milestone, Objective
from tests.cast import adopt, make_key_result, make_objective
from tests.okr.api.script import client_of, faults, send


@pytest.fixture
def objective(ada, cycle):
    return make_objective(ada, cycle, title="Above")


@pytest.fixture
def key_result(objective):
    return make_key_result(objective, title="Calls end within a minute")


@pytest.fixture
def milestone(objective, cycle):
    planned = KeyResult(
        objective=objective, owner=objective.owner, title="Moved", kind="milestones"
    )
    planned.keep(milestones=[Milestone(title="First", due_on=cycle.ends_on)])
    return planned.milestones.get()


def url_of(key_result):
    return f"/api/v1/key-results/{key_result.pk}/assignment/"


def weights_of(objective):
    return f"/api/v1/objectives/{objective.pk}/weights/"


def ticking(milestone, number=None):
    place = f"/api/v1/key-results/{milestone.key_result_id}/milestones/"
    return f"{place}{number or milestone.pk}/completion/"


def test_a_key_result_is_assigned_on_and_taken_back(ada, ben, objective, key_result):
    assigned = send(client_of(ada), "post", url_of(key_result), {"owner": ben.pk})

    assert assigned.status_code == 200, assigned.json()
    below = Objective.objects.get(assigned_from=key_result)
    assert assigned.json()["assigned_to"] == below.pk
    assert (below.owner, below.parent, below.title) == (ben, objective, key_result.title)

    back = send(client_of(ada), "delete", url_of(key_result))
    assert (back.status_code, back.json()["assigned_to"]) == (200, None)
    assert send(client_of(ada), "delete", url_of(key_result)).status_code == 404


def test_it_is_assigned_once_and_to_those_one_may_choose(ada, ben, cleo, objective, key_result):
    client = client_of(ada)
    assert faults(send(client, "post", url_of(key_result), {"owner": cleo.pk})) == ["owner"]
    assert faults(send(client, "post", url_of(key_result), {})) == ["owner"]
    assert faults(send(client, "post", url_of(key_result), {"owner": ben.pk, "weight": 1}))
    key = {"Idempotency-Key": "once"}

    first = send(client, "post", url_of(key_result), {"owner": ben.pk}, **key)
    again = send(client, "post", url_of(key_result), {"owner": ben.pk}, **key)

    assert (first.status_code, again.json()) == (200, first.json())
    assert Objective.objects.filter(assigned_from=key_result).count() == 1
    assert send(client, "post", url_of(key_result), {"owner": ben.pk}).status_code == 403


def test_who_may_not_create_objectives_assigns_none(ben, cycle):
    adopt(individual_creators="admins")
    own = make_key_result(make_objective(ben, cycle, title="Mine"))

    assert send(client_of(ben), "post", url_of(own), {"owner": ben.pk}).status_code == 403


def test_what_assigned_it_is_told_to_those_who_see_it(ada, ben, cleo, objective, key_result):
    send(client_of(ada), "post", url_of(key_result), {"owner": ben.pk})
    Objective.objects.filter(assigned_from=key_result).update(visibility="confidential")

    url = f"/api/v1/key-results/{key_result.pk}/"
    assert client_of(cleo).get(url).json()["assigned_to"] is None
    assert client_of(ada).get(url).json()["assigned_to"]


def test_parts_are_weighed_at_once(ada, ben, cycle, objective, key_result):
    below = make_objective(ben, cycle, title="Below", parent=objective)
    other = make_key_result(objective, title="Stays", weight=3)
    body = {"key_results": {key_result.pk: "2.5"}, "objectives": {below.pk: 0}}

    weighed = send(client_of(ada), "post", weights_of(objective), body)

    assert weighed.status_code == 200, weighed.json()
    for row, weight in ((key_result, 2.5), (other, 3), (below, 0)):
        row.refresh_from_db()
        assert row.weight == weight


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"key_results": {"99999": 1}}, "key_results.99999"),
        ({"objectives": {"weight": 1}}, "objectives.weight"),
        ({"key_results": {"1": -1}}, "key_results.1"),
        ({"key_results": {"1": "much"}}, "key_results.1"),
        ({"key_results": [1]}, "key_results"),
        ({"parts": {}}, "parts"),
    ],
)
def test_a_weight_that_cannot_be_taken_is_named(ada, objective, key_result, body, field):
    refused = send(client_of(ada), "post", weights_of(objective), body)

    assert refused.status_code in (400, 422)
    assert faults(refused) == [field]
    key_result.refresh_from_db()
    assert key_result.weight == 1


def test_a_milestone_is_reached_and_open_again(ada, milestone):
    client = client_of(ada)

    reached = send(client, "post", ticking(milestone))

    assert reached.status_code == 200, reached.json()
    assert reached.json()["progress"] == "100.0000"
    assert reached.json()["milestones"][0]["done_at"]
    again = send(client, "delete", ticking(milestone)).json()
    assert (again["progress"], again["milestones"][0]["done_at"]) == ("0.0000", None)
    assert send(client, "post", ticking(milestone), {"done": True}).status_code == 400
    assert send(client, "post", ticking(milestone, 99_999)).status_code == 404


def test_others_move_nothing(ben, cleo, cycle, objective, key_result, milestone):
    client = client_of(cleo)
    hidden = make_key_result(make_objective(ben, cycle, title="H", visibility="confidential"))

    assert send(client, "post", url_of(key_result), {"owner": cleo.pk}).status_code == 403
    assert send(client, "post", weights_of(objective), {}).status_code == 403
    assert send(client, "post", ticking(milestone)).status_code == 403
    assert send(client, "post", url_of(hidden), {"owner": cleo.pk}).status_code == 404
    assert send(client, "post", weights_of(hidden.objective), {}).status_code == 404
