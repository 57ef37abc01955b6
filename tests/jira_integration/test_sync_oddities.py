"""Refused queries, vanished, moved and damaged issues: each spoils itself at most."""

from decimal import Decimal

import pytest

from jira_integration.models import (
    JiraIssue,
    JiraLink,
    LinkedIssue,
    State,
)
from okr.models import Measurement
from tests.cast import make_key_result
from tests.jira_integration.stage import link, progress, read

pytestmark = [pytest.mark.editions("cloud", "data center"), pytest.mark.usefixtures("connection")]


def test_a_query_that_jira_refuses_spoils_its_own_link_only(key_result):
    [broken] = link(key_result, jql="project = NOWHERE")
    other = make_key_result(key_result.objective, title="Clinics trained")
    link(other, "DEMO-8")

    run = read()

    broken.refresh_from_db()
    assert run.state == State.DONE
    assert progress(other) == 50
    assert progress(key_result) == 40
    assert broken.failure_code == "query_refused"
    assert "NOWHERE" in str(broken.failure)
    assert broken.read_at is None
    assert run.connection.failure_code == ""


def test_a_refused_query_keeps_what_it_last_found(jira, key_result):
    [query] = link(key_result, jql="project = DEMO AND labels = demo")
    link(key_result, "DEMO-10")
    read()
    assert progress(key_result) == 75

    JiraLink.objects.filter(pk=query.pk).update(jql="labels = ")
    jira.move("DEMO-10", "Done")
    read()

    assert progress(key_result) == 100
    query.refresh_from_db()
    assert query.failure_code == "query_refused"


def test_a_query_that_works_again_is_quiet(key_result):
    [query] = link(key_result, jql="labels = ")
    read()
    JiraLink.objects.filter(pk=query.pk).update(jql="project = DEMO")

    read()

    query.refresh_from_db()
    assert (query.failure_code, query.failure_facts) == ("", {})
    assert query.read_at is not None
    assert progress(key_result) == Decimal("61.5385")


def test_a_query_that_finds_nothing_keeps_the_number(jira, key_result):
    link(key_result, jql='project = DEMO AND status = "In Progress"')
    read()
    assert progress(key_result) == 50
    before = key_result.measurements.count()

    jira.move("DEMO-8", "Done")
    jira.move("DEMO-9", "Done")
    run = read()

    assert run.state == State.DONE
    assert progress(key_result) == 50
    assert key_result.measurements.count() == before


def test_a_vanished_issue_counts_at_its_last_status_and_is_marked(jira, key_result):
    link(key_result, "DEMO-8", "DEMO-10")
    read()

    jira.delete("DEMO-8")
    run = read()

    lost = JiraIssue.objects.get(key="DEMO-8")
    assert run.state == State.DONE
    assert progress(key_result) == 25
    assert lost.unreadable_since is not None
    since = lost.unreadable_since
    read()
    lost.refresh_from_db()
    assert lost.unreadable_since == since


def test_an_issue_that_can_be_read_again_is_no_longer_marked(jira, key_result):
    link(key_result, "DEMO-8")
    read()
    jira.hide("DEMO-8")
    read()
    assert JiraIssue.objects.get().unreadable_since is not None

    jira.show("DEMO-8")
    read()

    assert JiraIssue.objects.get().unreadable_since is None


def test_an_issue_that_moved_to_another_project_keeps_its_link_under_the_new_key(jira, key_result):
    link(key_result, "DEMO-8")
    read()

    moved = jira.relocate("DEMO-8", "OPS")
    jira.move(moved.key, "Done")
    read()

    issue = JiraIssue.objects.get()
    assert (issue.jira_id, issue.key) == (moved.id, "OPS-1")
    assert progress(key_result) == 100


def test_a_summary_that_changes_moves_no_number(jira, key_result):
    link(key_result, "DEMO-8")
    read()
    before = Measurement.objects.count()

    jira.rename("DEMO-8", "Show what is missing at a glance")
    run = read()

    assert JiraIssue.objects.get().summary == "Show what is missing at a glance"
    assert (run.changed, Measurement.objects.count()) == (0, before)


def test_a_poisoned_issue_spoils_nothing_else(jira, key_result):
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    with jira.site.lock:
        jira.site.issue("DEMO-8").summary = ["not", "a", "text"]
    jira.move("DEMO-10", "Done")

    run = read()

    assert run.state == State.DONE
    assert progress(key_result) == 75  # DEMO-8 as it was known, DEMO-10 as it is
    assert JiraIssue.objects.get(key="DEMO-8").unreadable_since is None


def test_a_poisoned_issue_stays_in_the_query_that_found_it(jira, key_result):
    link(key_result, jql="project = DEMO AND labels = demo")
    link(key_result, "DEMO-3")
    read()
    with jira.site.lock:
        jira.site.issue("DEMO-3").summary = ["not", "a", "text"]
    jira.create("DEMO", "Unlabelled")

    run = read()

    assert (run.state, run.changed) == (State.DONE, 0)
    assert LinkedIssue.objects.filter(link__kind="query").count() == 3


def test_text_that_no_database_takes_is_cleaned(jira, key_result):
    jira.rename("DEMO-8", "A\x00B" + "x" * 5000)

    link(key_result, "DEMO-8")
    read()

    assert progress(key_result) == 50
    assert "\x00" not in JiraIssue.objects.get().summary
