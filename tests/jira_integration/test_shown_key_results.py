"""Issues show the key results that they count for: always the newest state, and nothing secret."""

import pytest
from django.utils import timezone

from jira_integration import sync
from jira_integration.into_jira import outbox
from jira_integration.models import (
    ChosenProject,
    IntegrationSettings,
    JiraLink,
    ShownKeyResult,
    SyncRun,
    Trigger,
    Wanted,
)
from okr.models import Approval, Closure, Level, Readers, Visibility
from tests.cast import adopt, make_key_result, make_objective
from tests.jira_integration.shown import bring_up_to_date, titles
from tests.jira_integration.stage import link, read

BOTH = pytest.mark.editions("cloud", "data center")


@BOTH
def test_a_linked_issue_shows_its_key_result_and_follows_it(jira, showing, key_result, settings):
    settings.PUBLIC_ADDRESS = "https://okr.example"
    link(key_result, "DEMO-8")
    read()
    assert titles(jira, "DEMO-8") == ["Key result: Clinics set up by themselves – 50%"]
    (shown,) = jira.remote_links("DEMO-8")
    assert shown.url == f"https://okr.example/key-results/{key_result.pk}/"
    assert shown.relationship == "counts for"
    assert not shown.resolved

    jira.move("DEMO-8", "Done")
    read()
    bring_up_to_date()

    assert titles(jira, "DEMO-8") == ["Key result: Clinics set up by themselves – 100%"]


def test_nothing_is_written_where_nobody_switched_it_on(jira, connection, key_result):
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()

    assert jira.remote_links("DEMO-8") == []
    assert not SyncRun.objects.filter(trigger=Trigger.WRITE).exists()


def test_issues_that_only_a_search_finds_show_nothing(jira, showing, key_result):
    link(key_result, jql="project = DEMO")
    read()
    bring_up_to_date()

    assert not any(jira.remote_links(issue.key) for issue in jira.issues("DEMO"))


def test_an_issue_whose_children_are_linked_shows_it_and_they_do_not(jira, showing, key_result):
    child = jira.create("DEMO", "A part of it", parent="DEMO-8")
    with showing.connection.client() as client:
        (top,) = next(client.read_issues(["DEMO-8"]))
    wanted = Wanted(below=(top, 1))
    JiraLink.objects.add(key_result, wanted, showing.connection, key_result.owner)
    read()
    bring_up_to_date()

    assert len(titles(jira, "DEMO-8")) == 1
    assert titles(jira, child.key) == []


@BOTH
def test_a_removed_link_and_a_deleted_key_result_leave_nothing_behind(jira, showing, key_result):
    other = make_key_result(key_result.objective, title="Fewer calls")
    (first,) = link(key_result, "DEMO-8")
    link(other, "DEMO-8", "DEMO-10")
    read()
    bring_up_to_date()
    assert len(titles(jira, "DEMO-8")) == 2

    first.remove(by=key_result.owner)
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == ["Key result: Fewer calls – 25%"]

    other.remove()
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == titles(jira, "DEMO-10") == []
    assert not ShownKeyResult.objects.exists()


def test_switching_it_off_removes_everything(jira, showing, key_result):
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    bring_up_to_date()

    showing.switch("shows_key_results", on=False)
    bring_up_to_date()

    assert titles(jira, "DEMO-8") == titles(jira, "DEMO-10") == []


def test_a_new_title_is_written_and_a_closed_objective_is_struck_through(jira, showing, key_result):
    link(key_result, "DEMO-8")
    read()
    key_result.refresh_from_db()
    key_result.title = "Clinics start alone"
    key_result.keep()
    Closure.objects.close(
        key_result.objective,
        by=key_result.owner,
        at=timezone.now(),
        score="0.7",
        outcome="close",
        retrospective="Enough.",
    )
    bring_up_to_date()

    (shown,) = jira.remote_links("DEMO-8")
    assert shown.title == "Key result: Clinics start alone – 50%"
    assert shown.resolved


@pytest.mark.parametrize(
    "secret",
    [
        {"visibility": Visibility.CONFIDENTIAL},
        {"approval": Approval.DRAFT},
        {"level": Level.INDIVIDUAL},
    ],
)
def test_what_not_everybody_may_read_is_taken_out_of_jira(jira, showing, key_result, secret):
    key_result.objective.level = Level.COMPANY
    key_result.objective.keep()
    adopt(individual_readers=Readers.LINE)
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()
    assert titles(jira, "DEMO-8")

    type(key_result.objective).objects.update(**secret)
    bring_up_to_date()

    assert titles(jira, "DEMO-8") == []
    assert not ShownKeyResult.objects.exists()


def test_what_became_confidential_after_it_was_due_is_never_sent(jira, showing, key_result):
    link(key_result, "DEMO-8")
    outbox.line_up(showing, timezone.now())
    assert ShownKeyResult.objects.get().is_due
    type(key_result.objective).objects.update(visibility=Visibility.CONFIDENTIAL)

    outbox.ask(showing, timezone.now())
    sync.run_waiting(showing.connection_id)

    assert jira.remote_links("DEMO-8") == []
    assert not any("remotelink" in call.path and call.method == "POST" for call in jira.calls)


def test_many_moves_are_one_write(jira, showing, key_result):
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()
    jira.forget_calls()

    for status in ("Done", "In Progress", "To Do", "Done"):
        jira.move("DEMO-8", status)
        read()
    bring_up_to_date()

    posts = [each for each in jira.calls if each.path.endswith("/remotelink")]
    assert len(posts) == 1
    assert titles(jira, "DEMO-8") == ["Key result: Clinics set up by themselves – 100%"]


def test_what_jira_shows_already_is_not_written_again(jira, showing, key_result):
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()
    jira.forget_calls()

    ShownKeyResult.objects.update(is_due=True)
    bring_up_to_date()

    assert not any("remotelink" in call.path for call in jira.calls)
    assert not ShownKeyResult.objects.get().is_due


def test_an_issue_outside_the_chosen_projects_shows_nothing(jira, showing, key_result, olga):
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()
    connection = showing.connection
    with connection.client() as client:
        chosen = [each for each in client.projects() if each.key == "OPS"]

    ChosenProject.objects.choose(connection, chosen, olga)
    bring_up_to_date()

    assert titles(jira, "DEMO-8") == []


def test_while_all_updates_are_off_jira_stays_as_it_is(jira, showing, key_result):
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()
    IntegrationSettings.load().turn_off()
    key_result.refresh_from_db()
    key_result.title = "Another"
    key_result.keep()
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == ["Key result: Clinics set up by themselves – 50%"]

    showing.refresh_from_db()
    showing.switch("shows_key_results", on=False)
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == []


def test_comparing_costs_the_same_for_3_and_for_60_lines(
    jira, showing, key_result, django_assert_max_num_queries
):
    for number in range(60):
        link(make_key_result(key_result.objective, title=f"Part {number}"), "DEMO-8")
    with django_assert_max_num_queries(12):
        outbox.line_up(showing, timezone.now())
    assert ShownKeyResult.objects.count() == 60
    assert make_objective(key_result.owner, key_result.objective.cycle).pk
