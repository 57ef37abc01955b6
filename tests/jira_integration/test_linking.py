"""What is linked, what is refused with a sentence, and what is asked of Jira again."""

import re

import pytest

from jira_integration.models import (
    JiraConnection,
    JiraIssue,
    JiraLink,
    LinkKind,
    State,
    SyncRun,
    Trigger,
)
from tests.cast import signed_in
from tests.editions import refusal_of
from tests.jira_integration.dialog import HTMX, dialog, linked_to, post, preview, sentence
from tests.jira_integration.stage import progress, read

pytestmark = [pytest.mark.editions("cloud", "data center"), pytest.mark.usefixtures("connection")]


def test_linking_asks_for_a_reading_and_hands_the_number_over(key_result, jira):
    response = post(key_result, text="DEMO-8", issue=["DEMO-1"])

    assert response.status_code == 302
    assert response["Location"] == f"/key-results/{key_result.pk}/"
    assert linked_to(key_result) == {"DEMO-8", "DEMO-1"}
    run = SyncRun.objects.get()
    assert (run.trigger, run.key_result, run.state) == (Trigger.LINK, key_result, State.WAITING)
    key_result.refresh_from_db()
    assert (key_result.tracked_by, key_result.progress) == ("jira", 40)
    read()
    assert progress(key_result) == 75


def test_a_query_can_be_linked(key_result):
    post(key_result, text="project = DEMO", kind="jql")

    [only] = key_result.jira_links.all()
    assert (only.kind, only.jql) == (LinkKind.QUERY, "project = DEMO")


def test_in_the_dialog_the_browser_is_sent_on(key_result):
    client = signed_in(key_result.owner)
    response = client.post(dialog(key_result), {"text": "DEMO-8", "kind": "issues"}, headers=HTMX)

    assert response["HX-Redirect"] == f"/key-results/{key_result.pk}/"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose an issue: type words, a key"),
        ({"text": "setup"}, "Choose an issue from the list"),
        ({"text": "DEMO-999"}, "cannot be read in Jira"),
        ({"text": "DEMO-1 DEMO-999"}, "DEMO-999 cannot be read in Jira"),
        ({"issue": ["DEMO-1", "EXE-7"]}, "cannot be read in Jira"),
        ({"text": "project = NOWHERE"}, "NOWHERE"),
        ({"text": "https://elsewhere.example/browse/DEMO-1"}, "not the connected Jira"),
        ({"text": "x" * 10_001}, "10"),
    ],
)
def test_what_cannot_be_linked_gets_a_sentence_and_changes_nothing(key_result, typed, words):
    response = post(key_result, **typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert "<title>Error:" in page
    assert words in page
    assert (JiraLink.objects.count(), SyncRun.objects.count()) == (0, 0)
    assert key_result.tracked_by == ""


def test_what_was_typed_stays_in_the_field(key_result):
    page = post(key_result, text="project = NOWHERE").content.decode()

    assert 'value="project = NOWHERE"' in page


def test_too_many_issues_at_once_are_refused(key_result):
    keys = " ".join(f"DEMO-{number}" for number in range(1, 102))

    assert "At most 100 issues" in post(key_result, text=keys).content.decode()


def test_issues_are_asked_of_jira_again_when_they_are_linked(key_result, jira):
    """A key that was shown and then vanished is not linked, whatever the form says."""
    preview(key_result, text="DEMO-8")
    jira.delete("DEMO-8")

    assert post(key_result, text="DEMO-8").status_code == 422
    assert not JiraIssue.objects.exists()


def test_without_javascript_a_preview_is_a_page(key_result):
    client = signed_in(key_result.owner)
    url = f"{dialog(key_result)}preview/"

    page = client.post(url, {"text": "project = DEMO", "kind": "jql"}).content.decode()

    assert "<!DOCTYPE html>" in page
    assert "Progress would go from 40% to <strong>62%</strong>" in page
    assert f'formaction="{dialog(key_result)}"' in page
    assert 'value="project = DEMO"' in page


def test_without_javascript_found_issues_can_be_ticked(key_result):
    client = signed_in(key_result.owner)
    url = f"{dialog(key_result)}preview/"

    page = client.post(url, {"text": "setup", "kind": "issues"}).content.decode()

    assert re.search(r'type="checkbox" name="issue" id="choose-DEMO-7"', page)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("503", "out of order at the moment"),
        ("reset", "ended the connection"),
        ("429", "asked us to slow down"),
        ("invalid-json", "cannot be read"),
        ("403", "Jira refused access"),
    ],
)
def test_a_jira_that_does_not_answer_is_explained_and_the_picks_stay(key_result, jira, kind, words):
    jira.fault(kind)

    response = preview(key_result, text="DEMO-8", issue=["DEMO-1"])

    assert response.status_code == 200
    assert words in sentence(response)
    assert 'id="choose-DEMO-1"' in response.content.decode()
    assert post(key_result, text="DEMO-8").status_code == 422
    assert not JiraLink.objects.exists()


def test_refused_credentials_are_not_tried_by_everybody_who_types(key_result, jira):
    jira.fault("401")
    jira.forget_calls()

    for _ in range(5):
        response = preview(key_result, text="DEMO-8")

    assert len(jira.calls) == 1
    assert JiraConnection.objects.get().suspended
    assert refusal_of(jira) in sentence(response)


def test_an_expired_token_links_nothing(key_result, jira):
    jira.fault("anonymous")

    assert post(key_result, text="project = DEMO").status_code == 422
    assert not JiraLink.objects.exists()
