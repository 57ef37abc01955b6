"""Approval through the API: sent, approved and sent back by whom the page lets."""

import pytest

from okr.models import Approval, Objective
from tests.cast import adopt, make_objective
from tests.okr.api.script import client_of, faults, send

LIST = "/api/v1/approvals/"


@pytest.fixture
def draft(ben, cycle):
    adopt(approval_on=True)
    objective = make_objective(ben, cycle)
    Objective.objects.filter(pk=objective.pk).update(approval=Approval.DRAFT)
    return objective


def url_of(objective):
    return f"/api/v1/objectives/{objective.pk}/approval/"


def step(person, objective, verb, **more):
    return send(client_of(person), "post", url_of(objective), {"verb": verb, **more})


def listed(person, **asked):
    return [each["id"] for each in client_of(person).get(LIST, asked).json()["results"]]


def test_it_is_sent_sent_back_sent_again_and_approved(ada, ben, draft):
    assert client_of(ben).get(url_of(draft)).json()["verbs"] == ["submit"]
    sent = step(ben, draft, "submit")
    assert (sent.status_code, sent.json()["approval"]) == (200, "waiting")
    assert (listed(ada), listed(ben), listed(ben, side="sent")) == ([draft.pk], [], [draft.pk])

    back = step(ada, draft, "send_back", comment="Name the clinics.").json()
    assert back["approval"] == "sent_back"
    assert back["steps"][-1]["comment"] == "Name the clinics."
    step(ben, draft, "submit")
    assert step(ada, draft, "approve").json()["approval"] == "approved"
    assert listed(ada) == []
    assert client_of(ada).get(f"/api/v1/objectives/{draft.pk}/").json()["approval"] == "approved"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "verb"),
        ({"verb": "change"}, "verb"),
        ({"verb": "approve"}, ""),
        ({"verb": "submit", "comment": 3 * 1000 * "long"}, "comment"),
        ({"verb": "submit", "approval": "approved"}, "approval"),
    ],
)
def test_what_is_wrong_is_named_and_takes_no_step(ben, draft, body, field):
    refused = send(client_of(ben), "post", url_of(draft), body)

    assert refused.status_code in (400, 422)
    assert field in faults(refused)
    assert Objective.objects.get().approval == Approval.DRAFT


def test_to_send_back_takes_a_word(ada, ben, draft):
    step(ben, draft, "submit")

    assert faults(step(ada, draft, "send_back")) == ["comment"]


def test_others_read_how_it_stands_and_take_no_step(ben, cleo, cycle, draft):
    assert client_of(cleo).get(url_of(draft)).json()["verbs"] == []
    assert step(cleo, draft, "submit").status_code == 403
    hidden = make_objective(ben, cycle, title="H", visibility="confidential")
    assert step(cleo, hidden, "submit").status_code == 404
    assert client_of(cleo).get(LIST, {"side": "mine"}).status_code == 400


def test_what_waits_costs_the_same_for_3_and_for_30(ada, ben, cycle, queries_of):
    adopt(approval_on=True)

    def add(number):
        for row in range(number):
            make_objective(ben, cycle, title=f"Row {row}")
        Objective.objects.update(approval=Approval.WAITING)

    add(3)
    few = queries_of(client_of(ada), LIST)
    add(27)
    assert len(listed(ada, limit=100)) == 30
    assert queries_of(client_of(ada), LIST) == few
