"""What a person types, what Jira says to it, and what the number would be."""

import re

import pytest

from tests.jira_integration.dialog import button, linked_to, post, preview, sentence
from tests.jira_integration.stage import host_of, link, progress, read

pytestmark = [pytest.mark.editions("cloud", "data center"), pytest.mark.usefixtures("connection")]


def test_words_are_answered_with_issues_to_choose_from(key_result):
    response = preview(key_result, text="setup")

    assert 'role="option"' in response.content.decode()
    assert "DEMO-7" in response.content.decode()


def test_a_single_letter_asks_for_more(key_result, jira):
    jira.forget_calls()

    response = preview(key_result, text="s")

    assert "Type at least two characters." in response.content.decode()
    assert not [call for call in jira.calls if "picker" in call.path]


def test_words_that_match_nothing_say_so(key_result):
    assert "No issue matches “zzzz”." in preview(key_result, text="zzzz").content.decode()


def test_nothing_typed_offers_what_changed_last(key_result, jira):
    jira.move("DEMO-12", "In Progress")

    response = preview(key_result, text="")

    page = response.content.decode()
    assert "Recent issues" in page
    assert re.findall(r'id="choose-([^"]+)"', page)[0] == "DEMO-12"


def test_a_key_shows_the_issue_and_the_progress(key_result):
    response = preview(key_result, text="demo-8")

    assert "Show what is still missing" in response.content.decode()
    assert sentence(response) == "Progress would go from 40% to 50% · 1 issue: 1 In Progress"
    assert button(response) == "Link 1 issue"


def test_a_pasted_address_shows_the_issue(key_result, jira):
    response = preview(key_result, text=f"{jira.url}/browse/DEMO-1?filter=1")

    assert sentence(response) == "Progress would go from 40% to 100% · 1 issue: 1 Done"


def test_several_keys_are_counted_together(key_result):
    response = preview(key_result, text="DEMO-1, DEMO-8 DEMO-10")

    told = "3 issues: 1 Done, 1 In Progress, 1 To Do"
    assert sentence(response) == f"Progress would go from 40% to 50% · {told}"
    assert button(response) == "Link 3 issues"


def test_the_address_of_another_site_is_refused_with_a_sentence(key_result, jira):
    response = preview(key_result, text="https://elsewhere.atlassian.net/browse/DEMO-1")

    assert sentence(response).startswith("elsewhere.atlassian.net is not the connected Jira.")
    assert host_of(jira) in sentence(response)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/jira/your-work", "names no issue"),
        ("/issues/?filter=-1", "everybody other issues"),
        ("/jira/dashboards/10000", "A dashboard cannot be linked."),
        ("/jira/plans/3", "A plan cannot be linked"),
        ("/secure/RapidBoard.jspa?rapidView=7", "names no project"),
        ("/wiki/spaces/ENG", "Confluence"),
    ],
)
def test_a_page_of_jira_without_an_issue_says_what_to_do(key_result, jira, path, words):
    assert words in sentence(preview(key_result, text=jira.url + path))


def test_the_address_of_a_shorthand_stands_for_its_search(key_result, jira):
    found = preview(key_result, text=f"{jira.url}/issues/?filter=10001")
    assert sentence(found) == "Progress would go from 40% to 100% · 3 issues: 3 Done"

    post(key_result, text=f"{jira.url}/projects/DEMO")
    assert linked_to(key_result) == {'project = "DEMO"'}


@pytest.mark.parametrize("key", ["DEMO-999", "EXE-1", "NOWHERE-1"])
def test_an_issue_that_cannot_be_read_is_told_apart_from_nothing(key_result, key):
    assert f"{key} cannot be read in Jira." in sentence(preview(key_result, text=key))


def test_jql_is_recognised_and_counted(key_result):
    response = preview(key_result, text="project = DEMO AND labels = demo")

    assert sentence(response) == "Progress would go from 40% to 100% · 3 issues: 3 Done"
    assert button(response) == "Link this search"
    assert re.search(r'value="jql"\s+checked', response.content.decode())


def test_words_can_be_declared_to_be_jql(key_result):
    response = preview(key_result, text="setup", kind="jql")

    assert "Link this search" not in response.content.decode()
    assert "JQL" in sentence(response)


def test_a_long_query_shows_ten_issues_about_how_many_and_then_the_exact_figure(key_result):
    quick = preview(key_result, text="project = DEMO")

    assert sentence(quick).startswith("About 13 issues. Reading them all")
    assert quick.content.decode().count('class="issue-status') == 10
    assert "whole=1" in quick.content.decode()

    whole = preview(key_result, text="project = DEMO", whole=True)
    told = "13 issues: 7 Done, 2 In Progress, 4 To Do"
    assert sentence(whole) == f"Progress would go from 40% to 62% · {told}"
    assert "whole=1" not in whole.content.decode()


def test_jiras_own_message_stands_below_the_field(key_result):
    response = preview(key_result, text="project = NOWHERE")

    assert "NOWHERE" in sentence(response)
    assert response.status_code == 200


@pytest.mark.editions("cloud")
def test_a_query_without_bounds_is_refused_in_jiras_words(key_result):
    response = preview(key_result, text="order by created")

    assert button(response) == "Link issues"
    assert sentence(response)


def test_a_query_that_finds_nothing_keeps_the_number(key_result):
    response = preview(key_result, text="project = OPS")

    told = "This search matches no issues now. Progress stays at 40% until it does."
    assert sentence(response) == told


def test_what_is_linked_already_is_part_of_the_preview(key_result):
    link(key_result, "DEMO-1")
    read()

    response = preview(key_result, text="DEMO-10")

    assert sentence(response) == "Progress would go from 100% to 50% · 2 issues: 1 Done, 1 To Do"


def test_what_would_be_linked_twice_counts_once(key_result):
    link(key_result, "DEMO-8")
    read()

    response = preview(key_result, text="DEMO-8")

    assert sentence(response) == "Progress would stay at 50% · 1 issue: 1 In Progress"
    assert "Linked already" in response.content.decode()
    assert button(response) == "Link issues"


def test_the_preview_and_the_sync_agree(key_result):
    told = sentence(preview(key_result, text="project = DEMO", whole=True))

    post(key_result, text="project = DEMO")
    read()

    assert "to 62%" in told
    assert round(progress(key_result) or 0) == 62


def test_picked_issues_stay_while_more_is_typed(key_result):
    response = preview(key_result, text="DEMO-10", issue=["DEMO-1"], pick="DEMO-8")

    page = response.content.decode()
    assert button(response) == "Link 3 issues"
    for key in ("DEMO-1", "DEMO-8"):
        assert re.search(rf'id="choose-{key}"[^>]*checked', page)


def test_picks_that_are_no_keys_are_ignored(key_result):
    response = preview(key_result, issue=["<script>", "1 OR 1", "DEMO-1"], pick="'; drop")

    assert button(response) == "Link 1 issue"
    assert "<script>" not in response.content.decode().replace("<script defer", "")


def test_jira_answers_are_written_as_text(key_result, jira):
    jira.rename("DEMO-8", '<img src=x onerror="alert(1)">')

    for page in (preview(key_result, text="DEMO-8"), preview(key_result, text="onerror")):
        assert b"<img" not in page.content
        assert b"&lt;img" in page.content
