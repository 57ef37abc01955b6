"""`Rights in Jira`: what the connected account may do, and why a single issue cannot be read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.models import IntegrationSettings, JiraIssue, RightsReading
from tests.cast import signed_in
from tests.jira_integration.seen import url, words
from tests.jira_integration.stage import counted, link, read

BOTH = pytest.mark.editions("cloud", "data center")


@pytest.fixture
def window(connection, olga):
    return signed_in(olga)


def read_now(window):
    return words(window.post(url("read_rights"), follow=True))


def why(window, key):
    return words(window.get(url("rights"), {"key": key}))


def in_order(page, *pieces):
    places = [page.find(piece) for piece in pieces]
    return -1 not in places and places == sorted(places)


def test_before_the_first_reading_the_page_offers_it(window):
    page = words(window.get(url("rights")))
    assert "Jira was not asked yet what Larkspur OKR Bot may do." in page
    assert "Read the rights" in page
    assert not RightsReading.objects.exists()


@BOTH
def test_it_tells_what_is_held_project_by_project(window, jira):
    jira.withhold("LINK_ISSUES", "OPS")
    page = read_now(window)
    assert "Larkspur OKR Bot sees 2 projects and may read issues in all." in page
    assert "DEMO Demo Yes Yes Yes No" in page
    assert "OPS Operations Yes No Yes No" in page
    assert "EXE" not in page


@BOTH
def test_each_missing_right_says_what_it_is_for_and_where_to_give_it(window, jira):
    jira.withhold("LINK_ISSUES", "OPS")
    page = read_now(window)
    assert "Link issues in OPS Naming the key result on the Jira issue." in page
    assert "add the account, its group or its role to Link Issues" in page
    assert "Administer Jira Registering webhooks by itself" in page
    assert "Browse users and groups" not in page
    assert "Set issue security in DEMO, OPS Not needed to read." in page


@BOTH
def test_reading_asks_no_more_than_it_has_to(window, jira):
    jira.forget_calls()
    read_now(window)
    assert len(jira.calls) <= 6


def test_a_page_that_was_read_asks_jira_nothing_and_says_how_old_it_is(window, jira):
    read_now(window)
    RightsReading.objects.update(at=timezone.now() - timedelta(hours=3))
    jira.forget_calls()
    page = words(window.get(url("rights")))
    assert not jira.calls
    assert "Read again Read" in page


def test_when_jira_fails_what_was_known_stays(window, jira):
    read_now(window)
    jira.fault("503", path="*/permissions/check")
    page = read_now(window)
    assert "out of order" in page
    assert "DEMO Demo Yes" in page


def test_another_account_has_its_own_rights(window, connection):
    read_now(window)
    connection.account_id = "somebody else"
    connection.save()
    assert "was not asked yet" in words(window.get(url("rights")))


@BOTH
def test_a_project_whose_issues_are_linked_and_that_is_gone_is_named(window, jira, key_result):
    link(key_result, "DEMO-8")
    read()
    JiraIssue.objects.update(key="GONE-8")
    assert "Issues of GONE are linked, and the account no longer sees that project." in read_now(
        window
    )


@BOTH
def test_a_key_that_can_be_read_is_said_to_be_fine(window):
    assert "DEMO-8 can be read. Nothing stands in the way." in why(window, "demo-8")


@BOTH
def test_a_key_beyond_the_highest_number_does_not_exist_first_of_all(window):
    page = why(window, "DEMO-999")
    assert "DEMO-999 cannot be read." in page
    assert in_order(page, "It does not exist", "Issue security hides it", "archived")
    assert "The highest number that the account sees in its project is 13." in page


@BOTH
def test_an_issue_behind_a_security_level_names_that_first(window, jira):
    jira.hide("DEMO-8")
    page = why(window, "DEMO-8")
    assert in_order(page, "Issue security hides it", "It does not exist", "archived")


@BOTH
def test_what_was_read_before_is_evidence(window, jira, key_result):
    link(key_result, "DEMO-13")
    read()
    jira.hide("DEMO-13")
    assert "It could be read when it was last looked at." in why(window, "DEMO-13")
    read()
    assert "It was read until" in why(window, "DEMO-13")


@BOTH
def test_a_project_that_is_not_visible_is_the_likeliest_cause(window):
    page = why(window, "EXE-1")
    assert in_order(page, "The project is not visible", "mistyped", "archived")
    assert "Larkspur OKR Bot sees 2 projects, and EXE is not among them." in page
    assert "Browse Projects" in page


@BOTH
def test_a_moved_issue_is_told_by_its_new_key_to_those_with_jira_access_alone(
    window, jira, key_result, ben
):
    link(key_result, "DEMO-8")
    read()
    jira.relocate("DEMO-8", "OPS")
    assert "It is OPS-1 now." in why(window, "DEMO-8")
    IntegrationSettings.load().allow_only(type(ben).objects.filter(pk=ben.pk))
    page = why(window, "DEMO-8")
    assert "it was moved" in page
    assert "OPS-1" not in page


def test_no_summary_of_an_issue_stands_on_the_page(window, jira):
    for key in ("DEMO-8", "DEMO-999", "EXE-1"):
        assert jira.issue("DEMO-8").summary not in why(window, key)


@pytest.mark.parametrize("typed", ["", "12", "DEMO", "<b>", "DEMO-0", "DEMO-8 OR 1"])
def test_what_is_no_key_is_refused_beside_the_field(window, jira, typed):
    jira.forget_calls()
    answer = window.get(url("rights"), {"key": typed})
    assert answer.status_code == 422
    assert not jira.calls


def test_when_jira_does_not_answer_the_field_says_so(window, jira):
    jira.fault("503", path="*/myself")
    assert "out of order" in why(window, "DEMO-8")


def test_only_an_okr_admin_sees_rights(connection, ben):
    assert signed_in(ben).get(url("rights")).status_code == 403
    assert signed_in(ben).post(url("read_rights")).status_code == 403


def test_the_page_costs_the_same_for_many_projects(window, connection):
    rows = [{"id": n, "key": f"P{n}", "name": "", "held": []} for n in range(300)]
    RightsReading.objects.keep(connection, [], rows[:3], 3, timezone.now())
    with counted() as few:
        window.get(url("rights"))
    RightsReading.objects.keep(connection, [], rows, 300, timezone.now())
    with counted() as many:
        window.get(url("rights"))
    assert len(few) == len(many)
