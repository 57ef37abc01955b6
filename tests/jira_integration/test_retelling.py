"""What the page of a key result says of the time before it followed Jira, and to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration import sync
from jira_integration.models import JiraConnection, Reconstruction, SyncRun, Trigger
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.dialog import post
from tests.jira_integration.pages import page_of, words
from tests.jira_integration.stage import counted, link, read, rescale

pytestmark = pytest.mark.usefixtures("connection")
SEARCHED = "Which issues a search found at that time is not known; today's are used."


@pytest.fixture
def linked(key_result):
    link(key_result, jql="project = DEMO")
    read()
    return key_result


def retold(key_result):
    Reconstruction.objects.ask(key_result, key_result.owner)
    sync.run_waiting(JiraConnection.objects.get().pk)
    return key_result


def seen(key_result, person=None, query=""):
    return words(page_of(key_result, person, query)).replace("&#x27;", "'")


def test_the_page_offers_the_time_that_is_not_on_record(linked):
    page = page_of(linked)
    assert "Jira's history can tell it, marked as reconstructed." in words(page)
    assert "Reconstruct history" in page

    response = signed_in(linked.owner).post(f"/key-results/{linked.pk}/jira/history/")
    assert response.status_code == 302
    assert SyncRun.objects.get(trigger=Trigger.HISTORY).by == linked.owner
    assert "The history is read as soon as Jira has time for it." in seen(linked)


def test_what_is_drawn_is_marked_in_the_picture_in_the_table_and_in_words(linked):
    page = seen(retold(linked))

    assert "Progress Reconstructed Expected" in page
    assert "Reconstructed from Jira's history" in page
    assert "is reconstructed from what happened to 13 issues in Jira." in page
    assert SEARCHED in page


def test_what_was_worked_out_by_other_settings_says_so(linked):
    told = "It was worked out by settings that have changed since."
    retold(linked)
    assert told not in seen(linked)

    rescale(10, 60, 90)
    read(trigger=Trigger.SETTINGS)
    assert told in seen(linked)
    assert told not in seen(retold(linked))


def test_linked_issues_need_no_word_about_a_search(key_result):
    link(key_result, "DEMO-1")
    read()
    page = seen(retold(key_result))
    assert "what happened to 1 issue in Jira" in page
    assert "The issues that are linked today are used." in page
    assert SEARCHED not in page


def test_issues_without_a_history_are_told(jira, linked):
    jira.hide("DEMO-1")
    jira.hide("DEMO-2")
    assert "2 issues have no history that can be read and are left out of it." in seen(
        retold(linked)
    )


def test_a_failure_says_its_cause_and_leaves_the_button(jira, linked):
    jira.fault("403", path="*/status")
    page = seen(retold(linked))
    assert "The history could not be reconstructed. Jira refused access" in page
    assert "Reconstruct history" in page


def test_a_day_without_a_record_is_answered_from_the_reconstruction(linked):
    retold(linked)
    day = timezone.localdate() - timedelta(days=20)

    page = seen(linked, query=f"?day={day.isoformat()}")

    assert "÷ 13 issues = 53.8% , reconstructed from Jira's history." in page
    assert "Nothing was measured until then." in page


def test_a_day_with_a_value_of_a_person_keeps_it(linked):
    retold(linked)
    page = seen(linked, query=f"?day={timezone.localdate().isoformat()}")
    assert "reconstructed from Jira's history." not in page


def test_linking_draws_the_past_where_the_box_is_ticked(key_result):
    dialog = signed_in(key_result.owner).get(f"/key-results/{key_result.pk}/jira/")
    assert "Draw the progress since the cycle began, from Jira&#x27;s history" in (
        dialog.content.decode()
    )
    post(key_result, issue="DEMO-8", history="on")
    assert SyncRun.objects.filter(trigger=Trigger.HISTORY).count() == 1


def test_linking_leaves_the_past_alone_where_it_is_not(key_result):
    post(key_result, issue="DEMO-8")
    assert not SyncRun.objects.filter(trigger=Trigger.HISTORY).exists()


def test_a_cycle_that_has_just_begun_has_no_past(ben, cycle):
    cycle.starts_on = timezone.localdate() + timedelta(days=1)
    cycle.save()
    key_result = make_key_result(make_objective(ben, cycle))
    dialog = signed_in(ben).get(f"/key-results/{key_result.pk}/jira/").content.decode()
    assert "Draw the progress since" not in dialog


def test_removing_asks_first_and_then_only_the_line_goes(linked):
    retold(linked)
    client, address = signed_in(linked.owner), f"/key-results/{linked.pk}/jira/history/remove/"

    assert "the progress does not change" in client.get(address).content.decode()
    client.post(address)

    assert Reconstruction.objects.of(linked) is None
    assert "Reconstructed" not in seen(linked)
    assert linked.measurements.exists()


def test_somebody_else_reads_the_line_and_is_offered_nothing(linked, cleo):
    page = page_of(retold(linked), cleo)
    assert "Reconstructed" in page
    assert "reconstruct-history" not in page
    assert "remove-history" not in page
    for address in ("history/", "history/remove/"):
        answer = signed_in(cleo).post(f"/key-results/{linked.pk}/jira/{address}")
        assert answer.status_code == 403


def test_the_page_follows_the_reading_of_the_past(linked):
    client, address = signed_in(linked.owner), f"/key-results/{linked.pk}/jira/why/"
    Reconstruction.objects.ask(linked, linked.owner)
    before = client.get(address, {"seen": ""})
    assert before["HX-Trigger"] == "number-moved"


def test_a_drawn_past_costs_no_query_more_the_longer_it_is(linked):
    retold(linked)
    client = signed_in(linked.owner)
    client.get(f"/key-results/{linked.pk}/")
    with counted() as whole:
        client.get(f"/key-results/{linked.pk}/")
    made = Reconstruction.objects.get(key_result=linked)
    made.evenings = made.evenings[:1]
    made.save()
    with counted() as short:
        client.get(f"/key-results/{linked.pk}/")
    assert len(whole) == len(short)
