"""What the page of a key result shows of Jira, to whom, and in which state."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraIssue,
    JiraLink,
    SyncRun,
    Trigger,
)
from okr.models import Person
from tests.cast import signed_in
from tests.jira_integration.pages import page_of, words
from tests.jira_integration.stage import link, read

pytestmark = pytest.mark.usefixtures("connection")


def test_without_jira_access_there_are_counts_and_no_names(followed, cleo, olga):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))

    for person in (followed.owner, cleo):
        page = page_of(followed, person)
        told = words(page)
        assert (
            "13 Jira issues: 7 Done, 2 In Progress, 4 To Do. "
            "Issue names are shown to people with Jira access." in told
        )
        assert "DEMO" not in page
        assert "opening hours" not in page
    assert "DEMO-1" in page_of(followed, olga)


def test_without_jira_access_a_query_is_not_told(key_result, olga):
    link(key_result, jql="project = DEMO AND labels = demo")
    JiraLink.objects.update(failure_code="query_refused", failure_facts={"messages": ["No DEMO"]})
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))

    page = page_of(key_result)

    assert "A Jira search" in page
    assert "DEMO" not in page
    assert "labels" not in page


def test_a_reader_sees_no_buttons(followed, cleo):
    page = page_of(followed, cleo)

    assert "DEMO-1" in page
    for button in ("Read Jira now", "Link Jira issue", "remove-link-"):
        assert button not in page


def test_an_editor_without_access_is_told_why_there_is_no_button(key_result, olga):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))

    told = words(page_of(key_result))

    assert "No Jira issues linked. Progress is entered by hand." in told
    assert "Linking Jira issues is not turned on for your account." in told
    assert "Link Jira issue</a>" not in page_of(key_result)


def test_with_nothing_linked_an_editor_is_offered_to_link(key_result, cleo):
    assert "Link Jira issue" in page_of(key_result)
    assert "Jira" not in page_of(key_result, cleo)


def test_with_the_switch_off_the_links_are_kept_and_nameless(followed):
    IntegrationSettings.load().turn_off()

    page = page_of(followed)

    assert "Progress update using Jira is turned off." in words(page)
    assert "DEMO" not in page


def test_while_a_reading_is_open_the_page_says_so_above_the_old_number(key_result):
    link(key_result, "DEMO-8")

    page = page_of(key_result)

    assert "Recalculating…" in page
    assert "Why is it 40%?" in page
    assert 'hx-trigger="every 2s"' in page

    read()
    page = page_of(key_result)
    assert "Recalculating…" not in page
    assert 'hx-trigger="every 5s"' in page


def test_a_reading_that_takes_long_is_asked_for_less_often(key_result):
    link(key_result, "DEMO-8")
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(minutes=2))

    assert 'hx-trigger="every 5s"' in page_of(key_result)


def test_new_percentages_recalculate_every_page(followed, connection):
    SyncRun.objects.ask(connection, Trigger.SETTINGS)

    assert "Recalculating…" in page_of(followed)


def test_a_reading_of_the_schedule_is_not_told(followed, connection):
    SyncRun.objects.ask(connection, Trigger.SCHEDULE)

    assert "Recalculating…" not in page_of(followed)


def test_when_jira_does_not_answer_the_page_says_since_when(jira, followed, olga):
    jira.fault("503")
    read()
    answered = timezone.localtime(JiraConnection.objects.get().read_at)

    told = words(page_of(followed))
    assert f"Jira has not answered since {answered:%H:%M}." in told
    assert "This is the last known progress and may be out of date." in told
    assert "See sync activity" not in told
    assert "62%" in told
    assert "See sync activity" in words(page_of(followed, olga))


def test_after_a_day_the_date_is_told_too(jira, followed):
    jira.fault("503")
    read()
    JiraConnection.objects.update(read_at=timezone.now() - timedelta(days=3))

    day = timezone.localtime(JiraConnection.objects.get().read_at)
    assert f"since {day:%-d %B, %H:%M}." in words(page_of(followed))


def test_slowing_down_is_no_failure(jira, followed):
    jira.fault("429", retry_after="300")
    read()

    told = words(page_of(followed))
    assert "Jira asked us to slow down. We will continue at" in told
    assert "has not answered" not in told


def test_a_query_that_finds_nothing_says_that_the_number_stays(key_result):
    link(key_result, jql="project = OPS")
    read()

    told = words(page_of(key_result))
    assert "This search matches no issues now. Progress stays at 40% until it does." in told


def test_a_refused_query_is_told_at_its_own_link(key_result):
    link(key_result, "DEMO-8")
    link(key_result, jql="project = NOWHERE")
    read()

    page = page_of(key_result)
    refused = page[page.index("project = NOWHERE") :]
    assert "Jira does not accept this search: " in words(refused)
    assert words(page).count("Jira does not accept this search") == 1


def test_every_link_says_how_many_and_when(followed):
    link(followed, jql="project = DEMO")
    read()

    told = words(page_of(followed))
    assert "13 issues" in told
    assert told.count("Last read") == 14


def seen_by(page: str) -> str:
    found = re.search(r'hx-get="([^"]+/jira/why/[^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_as_long_as_nothing_happens_there_is_nothing_to_say(followed):
    client = signed_in(followed.owner)

    response = client.get(seen_by(page_of(followed)), headers={"HX-Request": "true"})

    assert response.status_code == 204


def test_when_the_number_moves_the_page_reads_itself_anew(jira, followed, cleo):
    url = seen_by(page_of(followed, cleo))
    jira.move("DEMO-8", "Done")
    read()

    response = signed_in(cleo).get(url, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert response["HX-Trigger"] == "number-moved"
    assert "Progress is now 65%." in response.content.decode()


def test_a_fresher_reading_of_the_same_number_is_shown_and_not_announced(followed):
    url = seen_by(page_of(followed))
    read()

    response = signed_in(followed.owner).get(url, headers={"HX-Request": "true"})

    assert response["HX-Trigger"] == "number-moved"
    assert "Progress is now" not in response.content.decode()


def test_a_failure_shows_on_a_page_that_is_open(jira, followed):
    url = seen_by(page_of(followed))
    jira.fault("503")
    read()

    assert signed_in(followed.owner).get(url)["HX-Trigger"] == "number-moved"


def shown_links(page):
    return re.findall(r'id="jira-link-(\d+)"', page)


def test_many_links_are_cut_and_what_needs_somebody_stands_first(jira, key_result):
    keys = [each.key for each in jira.create_many("OPS", 30)]
    last = link(key_result, *keys)[-1]
    JiraIssue.objects.filter(key=str(last)).update(unreadable_since=timezone.now())

    page = page_of(key_result)

    assert len(shown_links(page)) == 25
    assert shown_links(page)[0] == str(last.pk)
    assert "5 more links" in words(page)
    whole = page_of(key_result, query="?issues=all&links=all")
    assert len(shown_links(whole)) == 30
    assert "more link" not in words(whole)


def test_what_a_page_asks_about_fits_an_address_with_any_number_of_links(jira, key_result):
    link(key_result, *(each.key for each in jira.create_many("OPS", 60)))

    asked = re.search(r'hx-get="(/key-results/\d+/jira/why/\?seen=[^"]*)"', page_of(key_result))
    assert asked
    assert len(asked[1]) < 100
    assert signed_in(key_result.owner).get(asked[1]).status_code == 204
