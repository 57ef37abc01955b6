"""A Jira issue is created by a script: offered, created, linked, and never made twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.models import IssueRequest
from okr.models import ApiAnswer, Visibility
from tests.jira_integration.stage import link, progress, read
from tests.okr.api.script import client_of, faults, send

TASK = "10002"
WANTED = {"project": "DEMO", "type": TASK, "summary": "Film the tour"}


@pytest.fixture
def owner(creating, key_result):
    return client_of(key_result.owner)


def place(key_result, more="issues/"):
    return f"/api/v1/key-results/{key_result.pk}/jira/{more}"


def create(client, key_result, key="", **more):
    headers = {"Idempotency-Key": key} if key else {}
    return send(client, "post", place(key_result), WANTED | more, **headers)


def called(jira, summary="Film the tour"):
    return [issue.key for issue in jira.issues() if issue.summary == summary]


def test_what_jira_offers_is_chosen_from_and_the_issue_is_linked_at_once(jira, owner, key_result):
    link(key_result, "DEMO-8")
    offer = owner.get(place(key_result, "new-issue/")).json()
    assert (offer["project"], offer["type"], offer["fault"]) == ("DEMO", TASK, ""), offer
    assert ("DEMO", "Demo") in [(each["key"], each["name"]) for each in offer["projects"]]
    assert "Sub-task" not in [each["name"] for each in offer["types"]]

    made = create(owner, key_result, description="Two minutes\nat most")

    assert made.status_code == 201, made.json()
    assert [made.json()["issue"]] == called(jira)
    assert jira.description(made.json()["issue"]).split()[:2] == ["Two", "minutes"]
    assert owner.get(made["Location"]).json()["issue"] == made.json()["issue"]
    assert made.json()["link"] == key_result.jira_links.get(issue__key=made.json()["issue"]).pk
    read()
    assert progress(key_result) == 25


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"project": "demo; x"}, "project"),
        ({"project": "NOWHERE"}, "project"),
        ({"type": "x"}, "type"),
        ({"summary": " "}, "summary"),
        ({"summary": "x" * 256}, "summary"),
        ({"site": 999}, "site"),
        ({"token": "mine"}, "token"),
    ],
)
def test_what_makes_no_issue_is_refused_by_name(jira, owner, key_result, wrong, field):
    answer = create(owner, key_result, **wrong)

    assert answer.status_code in (400, 422), answer.json()
    assert field in faults(answer)
    assert called(jira) == []
    assert not key_result.jira_links.exists()


def test_what_a_project_needs_besides_is_said_before_and_refused_after(jira, owner, key_result):
    jira.need("DEMO", "components", "Component")
    sentence = "This project needs a 'Component', so create it in Jira."

    offer = owner.get(place(key_result, f"new-issue/?project=DEMO&type={TASK}")).json()
    answer = create(owner, key_result, "mine")

    assert offer["obstacle"] == sentence
    assert (answer.status_code, faults(answer)) == (422, ["project"])
    assert not ApiAnswer.objects.exists()


def test_sent_twice_with_the_same_key_it_is_one_issue(jira, owner, key_result):
    first, again = (create(owner, key_result, "mine") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (again["Idempotent-Replayed"], again["Location"]) == ("true", first["Location"])

    other = create(owner, key_result, "mine", summary="Another")
    assert other.status_code == 422
    assert (len(called(jira)), called(jira, "Another")) == (1, [])


def test_a_lost_answer_is_looked_up_and_not_made_twice(jira, owner, key_result):
    jira.fault("reset", method="POST", path="*/rest/api/3/issue", times=1)
    first = create(owner, key_result, "mine")
    assert first.status_code == 409
    assert "with the same Idempotency-Key" in first.json()["detail"]
    with jira.site.lock:  # Jira did create it
        jira.site.create("DEMO", "Film the tour", reporter=jira.site.accounts["bot"])

    assert create(owner, key_result, "mine").status_code == 409
    IssueRequest.objects.update(claimed_at=timezone.now() - timedelta(seconds=11))
    made = create(owner, key_result, "mine")

    assert made.status_code == 201, made.json()
    assert [made.json()["issue"]] == called(jira)


def test_while_the_first_is_under_way_nothing_is_created(jira, owner, key_result):
    create(owner, key_result, "mine", type="99999")
    IssueRequest.objects.update(outcome="asked", claimed_at=timezone.now())
    answer = create(owner, key_result, "mine", type="99999")
    assert (answer.status_code, called(jira)) == (409, [])


def test_an_issue_whose_link_was_lost_is_linked_when_it_is_sent_again(jira, owner, key_result):
    jira.fault("500", path="*/issue/bulkfetch", times=1)
    assert create(owner, key_result, "mine").status_code == 422
    assert not key_result.jira_links.exists()

    made = create(owner, key_result, "mine")
    assert [made.json()["issue"]] == called(jira) == [key_result.jira_links.get().issue.key]


def test_nothing_is_created_where_it_is_not_switched_on(connection, jira, key_result):
    for answer in (
        create(client_of(key_result.owner), key_result),
        client_of(key_result.owner).get(place(key_result, "new-issue/")),
    ):
        assert (answer.status_code, "not switched on" in answer.json()["detail"]) == (403, True)
    assert called(jira) == []


def test_what_not_everybody_may_read_is_not_written_into_jira(jira, owner, key_result):
    key_result.objective.visibility = Visibility.CONFIDENTIAL
    key_result.objective.save()

    answer = create(owner, key_result)
    assert (answer.status_code, "Not everybody" in answer.json()["detail"]) == (403, True)
    assert called(jira) == []


def test_jira_being_away_is_said_and_a_site_that_is_none_offers_nothing(jira, owner, key_result):
    none = owner.get(place(key_result, "new-issue/?site=999")).json()
    assert (none["projects"], "no such site" in none["fault"]) == ([], True)

    jira.fault("503")
    offer = owner.get(place(key_result, "new-issue/")).json()
    assert "out of order" in offer["fault"]
    assert create(owner, key_result).status_code == 422
