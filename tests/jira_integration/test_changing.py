"""Another query for a link: with the number in view first, and marked in the history."""

import pytest

from jira_integration.models import IntegrationSettings, WhoMayLink
from tests.cast import signed_in
from tests.jira_integration.dialog import HTMX
from tests.jira_integration.pages import page_of, words
from tests.jira_integration.stage import link, progress, read

pytestmark = pytest.mark.editions("cloud", "data center")
DONE, OPEN = "labels = demo", "key in (DEMO-8, DEMO-10)"


@pytest.fixture
def searching(connection, key_result):
    """By a query that finds three Done issues."""
    [made] = link(key_result, jql=DONE)
    read()
    return made


def address(made) -> str:
    return f"/key-results/jira/{made.pk}/change/"


def change(made, jql, person=None, **more):
    client = signed_in(person or made.key_result.owner)
    return client.post(address(made), {"jql": jql, **more})


def preview(made, jql) -> str:
    client = signed_in(made.key_result.owner)
    response = client.post(f"{address(made)}preview/", {"jql": jql}, headers=HTMX)
    return words(response.content.decode())


def test_the_number_is_foreseen_without_what_the_old_query_found(searching):
    assert "Progress would go from 100% to 25% · 2 issues: 1 In Progress, 1 To Do" in preview(
        searching, OPEN
    )
    assert "Show what is still missing" in preview(searching, OPEN)
    assert progress(searching.key_result) == 100


def test_a_changed_query_moves_the_number_and_says_why_in_the_history(searching):
    assert change(searching, OPEN).status_code == 302
    read()

    key_result = searching.key_result
    assert progress(key_result) == 25
    searching.refresh_from_db()
    assert (searching.jql, searching.requeried) == (OPEN, False)
    why = key_result.measurements.latest("pk").why
    assert (why["requeried"], why["added"]["number"], why["removed"]["number"]) == (True, 2, 3)
    assert "JQL changed" in page_of(key_result)


def test_what_moves_later_is_not_told_as_a_changed_query(searching, jira):
    change(searching, OPEN)
    read()
    jira.move("DEMO-10", "Done")
    read()

    assert "requeried" not in searching.key_result.measurements.latest("pk").why


@pytest.mark.parametrize(
    ("jql", "told"),
    [
        ("project = NOPE", "NOPE"),
        ("", "Type the JQL"),
        ("https://elsewhere.example/browse/DEMO-1", "is not the connected Jira"),
        ("{site}/browse/DEMO-1", "Type JQL here."),
        ("{site}/issues/?filter=10001", "Type JQL here."),
    ],
)
def test_what_is_no_query_is_refused_at_the_field(searching, jira, jql, told):
    response = change(searching, jql.replace("{site}", jira.url))

    assert response.status_code == 422
    assert told in response.content.decode()
    searching.refresh_from_db()
    assert searching.jql == DONE


def test_the_same_query_changes_nothing(searching):
    client = signed_in(searching.key_result.owner)
    page = client.post(address(searching), {"jql": DONE}, follow=True).content.decode()

    assert "Nothing was changed" in page


def test_a_query_that_is_linked_already_is_not_linked_twice(searching):
    link(searching.key_result, jql=OPEN)
    assert change(searching, OPEN).status_code == 302

    assert set(searching.key_result.jira_links.values_list("jql", flat=True)) == {DONE, OPEN}


def test_without_javascript_it_can_be_tried_first(searching):
    page = words(change(searching, OPEN, **{"try": "1"}).content.decode())

    assert "Progress would go from 100% to 25%" in page
    searching.refresh_from_db()
    assert searching.jql == DONE


def test_only_editors_with_access_to_jira_change_a_search(searching, cleo):
    assert change(searching, OPEN, person=cleo).status_code in (403, 404)
    settings = IntegrationSettings.load()
    settings.who_may_link = WhoMayLink.SELECTED
    settings.save()
    assert change(searching, OPEN).status_code == 403


def test_only_a_search_of_its_own_can_be_changed(searching):
    [issue] = link(searching.key_result, "DEMO-2")
    assert signed_in(searching.key_result.owner).get(address(issue)).status_code == 404
