"""What a person types, what Jira says to it, and who may link at all."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraIssue,
    JiraLink,
    LinkKind,
    State,
    SyncRun,
    Trigger,
    Wanted,
)
from okr.models import Person
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.stage import host_of, link, progress, read

pytestmark = pytest.mark.usefixtures("connection")
HTMX = {"HX-Request": "true"}
NO_ACCESS = "Linking Jira issues is not turned on for your account."


def dialog(key_result) -> str:
    return f"/key-results/{key_result.pk}/jira/"


def preview(key_result, person=None, *, whole=False, **typed):
    """What the dialog asks while somebody types."""
    url = f"{dialog(key_result)}preview/{'?whole=1' if whole else ''}"
    client = signed_in(person or key_result.owner)
    return client.post(url, {"kind": "issues", **typed}, headers=HTMX)


def post(key_result, person=None, **typed):
    """The Link button, without JavaScript."""
    client = signed_in(person or key_result.owner)
    return client.post(dialog(key_result), {"kind": "issues", **typed})


def sentence(response) -> str:
    found = re.search(r'id="link-outlook"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    assert found, response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def button(response) -> str:
    found = re.search(r'id="link-submit".*?>(.*?)</button>', response.content.decode(), re.DOTALL)
    assert found
    return found[1].strip()


def linked(key_result) -> set[str]:
    return {str(each) for each in key_result.jira_links.all()}


# What is typed


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
    [("/issues/?filter=10001", "saved filter"), ("/jira/your-work", "names no issue")],
)
def test_a_page_of_jira_without_an_issue_says_what_to_do(key_result, jira, path, words):
    assert words in sentence(preview(key_result, text=jira.url + path))


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
    assert round(progress(key_result)) == 62


# Choosing several


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


# Linking


def test_linking_asks_for_a_reading_and_hands_the_number_over(key_result, jira):
    response = post(key_result, text="DEMO-8", issue=["DEMO-1"])

    assert response.status_code == 302
    assert response["Location"] == f"/key-results/{key_result.pk}/"
    assert linked(key_result) == {"DEMO-8", "DEMO-1"}
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


# When Jira does not answer


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
    assert "did not accept this email and token" in sentence(response)


def test_an_expired_token_links_nothing(key_result, jira):
    jira.fault("anonymous")

    assert post(key_result, text="project = DEMO").status_code == 422
    assert not JiraLink.objects.exists()


# Who may


def test_the_allowlist_holds_on_every_path(key_result, olga):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))
    client, url = signed_in(key_result.owner), dialog(key_result)

    for response in (
        client.get(url),
        client.post(url, {"text": "DEMO-8"}),
        client.post(f"{url}preview/", {"text": "DEMO-8"}),
    ):
        assert response.status_code == 403
        assert NO_ACCESS in response.content.decode()
    with pytest.raises(PermissionDenied, match="not turned on"):
        JiraLink.objects.add(
            key_result, Wanted(jql="project = DEMO"), JiraConnection.objects.get(), key_result.owner
        )
    assert not JiraLink.objects.exists()
    assert signed_in(olga).get(url).status_code == 200


def test_a_deactivated_person_links_nothing(key_result, ben):
    ben.is_active = False
    ben.save()

    with pytest.raises(PermissionDenied):
        link(key_result, "DEMO-8")


def test_only_editors_link(key_result, ada, cleo):
    """Ada leads Ben; Cleo sees the key result, but it is not hers to change."""
    assert signed_in(ada).get(dialog(key_result)).status_code == 200
    for path in ("", "preview/", "read-now/"):
        response = signed_in(cleo).post(dialog(key_result) + path, {"text": "DEMO-8"})
        assert response.status_code == 403
    assert not JiraLink.objects.exists()


def test_a_confidential_key_result_is_not_there_for_others(ben, cleo, cycle):
    secret = make_key_result(make_objective(ben, cycle, visibility="confidential"))
    [hidden] = link(secret, "DEMO-8")

    for path in ("", "why/"):
        assert signed_in(cleo).get(dialog(secret) + path).status_code == 404
    assert signed_in(cleo).post(f"{dialog(secret)}preview/").status_code == 404
    assert signed_in(cleo).post(f"/key-results/jira/{hidden.pk}/remove/").status_code == 404
    assert JiraLink.objects.filter(pk=hidden.pk).exists()


def test_nothing_is_linked_while_the_switch_is_off(key_result):
    IntegrationSettings.load().turn_off()

    response = post(key_result, text="DEMO-8")

    assert response.status_code == 403
    assert "turned off" in response.content.decode()


def test_in_a_closed_cycle_nothing_is_linked(key_result):
    cycle = key_result.objective.cycle
    cycle.closed_at = key_result.created_at
    cycle.save()

    assert post(key_result, text="DEMO-8").status_code == 403


def test_strangers_are_sent_to_sign_in(client, key_result):
    assert client.get(dialog(key_result)).status_code == 302
    assert client.post(f"{dialog(key_result)}preview/").status_code == 302


def test_reading_changes_nothing(key_result):
    client = signed_in(key_result.owner)
    [only] = link(key_result, "DEMO-8")
    before = list(JiraLink.objects.values()), SyncRun.objects.count()

    for path in ("", "why/"):
        assert client.get(dialog(key_result) + path).status_code == 200
    assert client.get(f"{dialog(key_result)}preview/").status_code == 405
    assert client.get(f"{dialog(key_result)}read-now/").status_code == 405
    assert client.get(f"/key-results/jira/{only.pk}/remove/").status_code == 200

    assert (list(JiraLink.objects.values()), SyncRun.objects.count()) == before


# Removing and reading now


def test_a_link_is_removed_after_a_question(key_result):
    first, _ = link(key_result, "DEMO-1", "DEMO-10")
    read()
    client, url = signed_in(key_result.owner), f"/key-results/jira/{first.pk}/remove/"

    asked = client.get(url).content.decode()
    assert "Remove this Jira link?" in asked
    assert "DEMO-1" in asked
    assert client.post(url).status_code == 302

    assert linked(key_result) == {"DEMO-10"}
    assert SyncRun.objects.open().get().trigger == Trigger.UNLINK


def test_the_last_link_removed_opens_the_number_for_people(key_result):
    [only] = link(key_result, "DEMO-8")
    read()
    client = signed_in(key_result.owner)

    asked = client.get(f"/key-results/jira/{only.pk}/remove/").content.decode()
    assert "progress stays at 50% and is entered by hand" in asked
    client.post(f"/key-results/jira/{only.pk}/remove/")

    key_result.refresh_from_db()
    assert (key_result.tracked_by, key_result.progress) == ("", 50)
    assert not SyncRun.objects.open().exists()


def test_somebody_else_removes_nothing(key_result, cleo):
    [only] = link(key_result, "DEMO-8")

    assert signed_in(cleo).post(f"/key-results/jira/{only.pk}/remove/").status_code == 403
    assert JiraLink.objects.filter(pk=only.pk).exists()


def test_an_editor_without_jira_access_can_remove_a_link_unseen(key_result, olga):
    [only] = link(key_result, "DEMO-8")
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))
    client = signed_in(key_result.owner)

    page = client.get(f"/key-results/jira/{only.pk}/remove/").content.decode()
    assert "DEMO-8" not in page
    assert client.post(f"/key-results/jira/{only.pk}/remove/").status_code == 302
    assert not JiraLink.objects.exists()


def test_read_now_asks_for_one_reading(key_result, jira):
    link(key_result, "DEMO-8")
    read()
    jira.move("DEMO-8", "Done")
    client = signed_in(key_result.owner)

    for _ in range(3):
        client.post(f"{dialog(key_result)}read-now/")

    run = SyncRun.objects.open().get()
    assert (run.trigger, run.key_result) == (Trigger.HAND, key_result)
