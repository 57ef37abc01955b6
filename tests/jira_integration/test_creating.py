"""An issue is created for a key result, linked at once, and never made twice."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from jira_integration.models import (
    ChosenProject,
    IntegrationSettings,
    IssueRequest,
    JiraConnection,
    JiraLink,
    JiraWriting,
)
from okr.models import Visibility
from tests.cast import signed_in
from tests.jira_integration.seen import HTMX, url, words
from tests.jira_integration.stage import connect, link, meanwhile, read

BOTH = pytest.mark.editions("cloud", "data center")
TASK = "10002"


@pytest.fixture
def owner(creating, key_result):
    return signed_in(key_result.owner)


def boxes(**more):
    told = {"project": "DEMO", "type": TASK, "summary": "Film the tour", "description": ""}
    return {"token": str(uuid4()), **told, **more}


def create(client, key_result, **more):
    return client.post(url("create", key_result.pk), boxes(**more))


def called(jira, summary: str) -> list[str]:
    return [issue.key for issue in jira.issues() if issue.summary == summary]


@BOTH
def test_an_issue_is_created_linked_and_counted(jira, creating, owner, key_result):
    answer = create(owner, key_result, description="Two minutes\nat most")

    assert answer.status_code == 302
    (key,) = called(jira, "Film the tour")
    assert jira.description(key).split() == ["Two", "minutes", "at", "most"]
    assert key_result.jira_links.get().issue.key == key
    read()
    key_result.refresh_from_db()
    assert key_result.progress == 0
    assert key_result.tracked_by == "jira"


def test_the_dialog_says_as_whom_and_suggests_the_title(jira, creating, owner, key_result):
    link(key_result, "DEMO-8")

    page = owner.get(url("create", key_result.pk))

    assert "Created in Jira as Larkspur OKR Bot" in words(page)
    text = page.content.decode()
    assert 'value="Clinics set up by themselves"' in text
    assert '<option value="DEMO" selected>Demo (DEMO)</option>' in text
    assert '<option value="10002" selected>Task</option>' in text
    assert "Sub-task" not in text


def test_types_follow_the_project_without_losing_what_was_typed(jira, creating, owner, key_result):
    given = boxes(look="1", summary="What I typed", type="")

    page = owner.post(url("create", key_result.pk), given)
    part = owner.post(
        url("create", key_result.pk), given, headers={**HTMX, "HX-Target": "create-choices"}
    )

    assert 'value="What I typed"' in page.content.decode()
    assert "Story" in words(page)
    assert part.content.decode().lstrip().startswith('<div class="stack" id="create-choices">')
    assert not IssueRequest.objects.exists()


@BOTH
def test_what_the_project_needs_is_said_before_and_refused_after(jira, creating, owner, key_result):
    jira.need("DEMO", "components", "Component")
    sentence = "This project needs a 'Component', so create it in Jira."

    looked = owner.post(url("create", key_result.pk), boxes(look="1"))
    answer = create(owner, key_result)

    assert sentence in words(looked)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="Film the tour"' in answer.content.decode()
    assert called(jira, "Film the tour") == []


@pytest.mark.parametrize("wanted", [{"summary": "Anew"}])
def test_pressed_twice_it_is_one_issue(jira, creating, owner, key_result, wanted):
    token = str(uuid4())
    for _ in range(3):
        assert create(owner, key_result, token=token, **wanted).status_code == 302

    assert len(called(jira, "Anew")) == 1
    assert key_result.jira_links.count() == 1


def test_a_press_while_the_first_is_under_way_creates_nothing(jira, creating, owner, key_result):
    token = uuid4()
    IssueRequest.objects.claim(token, key_result, JiraConnection.objects.get(), key_result.owner)

    answer = owner.post(
        url("create", key_result.pk), boxes(token=str(token), summary="Anew"), follow=True
    )

    assert "The issue is being created." in words(answer)
    assert called(jira, "Anew") == []


@BOTH
def test_a_lost_answer_is_looked_up_and_not_made_twice(jira, creating, owner, key_result):
    token = str(uuid4())

    def made_elsewhere():
        account = jira.site.accounts["bot"]
        with jira.site.lock:
            jira.site.create("DEMO", "Anew", reporter=account)

    path = "/rest/api/2/issue" if jira.email == "bot" else "/rest/api/3/issue"
    jira.fault("reset", method="POST", path=f"*{path}", times=1)
    first = create(owner, key_result, token=token, summary="Anew")
    made_elsewhere()
    assert "did not say whether it created the issue" in words(first)
    again = create(owner, key_result, token=token, summary="Anew")
    assert again.status_code == 422
    IssueRequest.objects.update(claimed_at=timezone.now() - timedelta(seconds=11))
    assert create(owner, key_result, token=token, summary="Anew").status_code == 302

    assert len(called(jira, "Anew")) == 1
    assert key_result.jira_links.get().issue.summary == "Anew"


def test_an_answer_lost_before_anything_was_made_is_made_once(jira, creating, owner, key_result):
    token = str(uuid4())
    jira.fault("503", method="POST", path="*/rest/api/3/issue", times=1)
    create(owner, key_result, token=token, summary="Anew")
    IssueRequest.objects.update(claimed_at=timezone.now() - timedelta(seconds=11))

    create(owner, key_result, token=token, summary="Anew")

    assert len(called(jira, "Anew")) == 1


def test_an_issue_whose_link_was_lost_is_linked_by_another_press(jira, creating, owner, key_result):
    token = str(uuid4())
    jira.fault("500", path="*/issue/bulkfetch", times=1)
    answer = create(owner, key_result, token=token, summary="Anew")
    assert answer.status_code == 422
    assert not key_result.jira_links.exists()

    create(owner, key_result, token=token, summary="Anew")

    assert len(called(jira, "Anew")) == 1
    assert key_result.jira_links.get().issue.key == called(jira, "Anew")[0]


def test_somebody_elses_token_is_worth_a_new_one(jira, creating, owner, key_result, ada):
    token = str(uuid4())
    create(owner, key_result, token=token, summary="Anew")

    create(signed_in(ada), key_result, token=token, summary="Hers")
    create(owner, key_result, token="not a token", summary="Third")

    assert len(called(jira, "Anew")) == len(called(jira, "Hers")) == 1
    assert len(called(jira, "Third")) == 1


@BOTH
def test_a_refusal_keeps_what_was_typed(jira, creating, owner, key_result):
    jira.withhold("CREATE_ISSUES", "DEMO")
    answer = create(owner, key_result, summary="Anew", description="Because")
    assert answer.status_code == 422
    assert 'value="Anew"' in answer.content.decode()
    assert "Because" in words(answer)
    assert not key_result.jira_links.exists()


def test_while_jira_is_away_nothing_that_was_typed_is_lost(jira, creating, owner, key_result):
    jira.fault("503")

    answer = create(owner, key_result, summary="Anew")

    assert "out of order" in words(answer)
    assert 'value="Anew"' in answer.content.decode()
    assert '<option value="DEMO" selected>' in answer.content.decode()
    jira.clear_faults()
    token = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert token
    assert create(owner, key_result, token=token[1], summary="Anew").status_code == 302


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("project", "demo; x"),
        ("project", ""),
        ("type", "x"),
        ("summary", " "),
        ("summary", "x" * 256),
    ],
)
def test_what_makes_no_sense_never_reaches_jira(jira, creating, owner, key_result, field, text):
    answer = create(owner, key_result, **{field: text})

    assert answer.status_code == 422
    assert not any(call.method == "POST" and call.path.endswith("/issue") for call in jira.calls)


@BOTH
def test_only_chosen_projects_are_offered_and_taken(jira, creating, owner, key_result, olga):
    connection = JiraConnection.objects.get()
    with connection.client() as client:
        chosen = [each for each in client.projects() if each.key == "DEMO"]
    ChosenProject.objects.choose(connection, chosen, olga)

    page = words(owner.get(url("create", key_result.pk)))
    answer = create(owner, key_result, project="OPS", summary="Anew")

    assert "Demo (DEMO)" in page
    assert "Operations" not in page
    assert "Choose one of the projects in the list." in words(answer)
    assert called(jira, "Anew") == []


def test_a_token_that_may_only_read_says_so(jira, db, key_result, settings):
    settings.JIRA_GATEWAY = jira.url
    connection = connect(jira, jira.scoped_token)
    IntegrationSettings.load().turn_on()
    JiraWriting.objects.of(connection).switch("creates_issues", on=True)

    answer = create(signed_in(key_result.owner), key_result, summary="Anew")

    assert "write:jira-work" in words(answer)
    assert not JiraConnection.objects.get().suspended


def test_nothing_of_a_confidential_objective_is_written(jira, creating, owner, key_result):
    type(key_result.objective).objects.update(visibility=Visibility.CONFIDENTIAL)

    answer = create(owner, key_result, summary="Anew")

    assert answer.status_code == 403
    assert called(jira, "Anew") == []
    assert "create-jira" not in owner.get(f"/key-results/{key_result.pk}/").content.decode()


def test_who_may_not_and_where_nobody_may(jira, connection, key_result, ada, cleo):
    assert create(signed_in(ada), key_result).status_code == 403  # not switched on
    JiraWriting.objects.of(connection).switch("creates_issues", on=True)
    assert create(signed_in(cleo), key_result).status_code == 403  # may not edit
    IntegrationSettings.load().allow_only(type(ada).objects.filter(pk=ada.pk))
    assert create(signed_in(key_result.owner), key_result).status_code == 403  # no Jira access
    assert create(signed_in(ada), key_result).status_code == 302


def test_the_button_is_there_for_those_who_may(jira, creating, owner, key_result, cleo):
    page = f"/key-results/{key_result.pk}/"
    assert "create-jira" in owner.get(page).content.decode()
    assert "create-jira" not in signed_in(cleo).get(page).content.decode()
    creating.switch("creates_issues", on=False)
    assert "create-jira" not in owner.get(page).content.decode()


def test_an_account_that_changed_meanwhile_creates_nothing(jira, creating, owner, key_result):
    JiraConnection.objects.update(account_id="somebody else")

    answer = create(owner, key_result, summary="Anew")

    assert answer.status_code == 422
    assert called(jira, "Anew") == []
    assert not JiraLink.objects.exists()


def test_two_presses_at_once_are_one_issue(jira, creating, owner, key_result):
    token = str(uuid4())
    other = signed_in(key_result.owner)
    meanwhile(jira, "createmeta", lambda: create(other, key_result, token=token, summary="Anew"))

    create(owner, key_result, token=token, summary="Anew")

    assert len(called(jira, "Anew")) == 1
