"""From a link to a number that moves by itself, over HTTP against the sandbox."""

from decimal import Decimal
from fnmatch import fnmatch

import pytest
from django.utils import timezone

from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraIssue,
    LinkedIssue,
    State,
    SyncRun,
    Trigger,
)
from tests.cast import make_key_result
from tests.jira_integration.stage import link, progress, read, rescale

pytestmark = [pytest.mark.editions("cloud", "data center"), pytest.mark.usefixtures("connection")]
DEMO = [f"DEMO-{number}" for number in range(1, 14)]


def settled(total: int, issues: int) -> Decimal:
    return (Decimal(total) / issues).quantize(Decimal("0.0001"))


def test_a_linked_issue_gives_its_percentage_to_the_key_result(key_result):
    link(key_result, "DEMO-8")

    run = read(key_result)

    assert (run.state, run.changed) == (State.DONE, 0)  # the run of the link had moved it already
    assert SyncRun.objects.get(trigger=Trigger.LINK).changed == 1
    assert progress(key_result) == 50
    key_result.objective.refresh_from_db()
    assert key_result.objective.progress == 50


def test_several_issues_give_the_plain_mean(key_result):
    link(key_result, *DEMO)
    read()

    assert progress(key_result) == Decimal("61.5385")
    why = key_result.measurements.last().why
    assert why["scale"] == [0, 50, 100]
    assert why["counts"] == {"done": 7, "indeterminate": 2, "new": 4}
    assert why["added"]["number"] == 13


def test_an_issue_that_moves_in_jira_moves_the_number_with_the_next_run(jira, key_result):
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    assert progress(key_result) == 25

    moved = jira.move("DEMO-8", "Done")
    read()

    assert progress(key_result) == 50
    why, site = key_result.measurements.last().why, JiraConnection.objects.get().pk
    assert why["finished"] == {"number": 1, "issues": [[site, moved.id]]}
    assert JiraIssue.objects.get(key="DEMO-8").status == "Done"


def test_a_reopened_issue_lowers_the_number_and_is_told(jira, key_result):
    link(key_result, "DEMO-1")
    read()
    assert progress(key_result) == 100

    moved = jira.move("DEMO-1", "In Progress")
    read()

    assert progress(key_result) == 50
    site = JiraConnection.objects.get().pk
    assert key_result.measurements.last().why["reopened"]["issues"] == [[site, moved.id]]


def test_a_query_counts_whatever_it_finds_now(jira, key_result):
    link(key_result, jql="project = DEMO")
    read()
    assert progress(key_result) == Decimal("61.5385")

    jira.create("DEMO", "Book a real day", status="Done")
    read()

    assert progress(key_result) == settled(900, 14)
    assert LinkedIssue.objects.filter(link__key_result=key_result).count() == 14
    assert key_result.measurements.last().why["added"]["number"] == 1


def test_an_issue_that_leaves_a_query_no_longer_counts(jira, key_result):
    link(key_result, jql='project = DEMO AND status != "To Do"')
    read()
    assert progress(key_result) == settled(800, 9)

    jira.move("DEMO-8", "To Do")
    read()

    assert progress(key_result) == settled(750, 8)
    assert key_result.measurements.last().why["removed"]["number"] == 1


def test_an_issue_that_two_links_find_counts_once(key_result):
    link(key_result, "DEMO-1", "DEMO-10")
    link(key_result, jql="project = DEMO AND labels = demo")
    read()

    assert progress(key_result) == 75  # DEMO-1 to DEMO-3 are Done, DEMO-10 is To Do
    assert sum(key_result.measurements.last().why["counts"].values()) == 4


def test_an_issue_linked_to_twenty_key_results_is_read_once(jira, key_result):
    others = [make_key_result(key_result.objective, title=f"Part {n}") for n in range(19)]
    for each in [key_result, *others]:
        link(each, "DEMO-8")
    SyncRun.objects.all().delete()
    jira.forget_calls()

    read()

    assert [progress(each) for each in [key_result, *others]] == [50] * 20
    reads = [call for call in jira.calls if fnmatch(call.path, jira.reads_at)]
    assert len(reads) == 1
    assert JiraIssue.objects.count() == 1


def test_new_percentages_are_worked_out_without_a_call_to_jira(jira, key_result):
    link(key_result, *DEMO)
    link(key_result, jql="project = DEMO")
    read()
    jira.forget_calls()

    rescale(10, 60, 90)
    run = read(trigger=Trigger.SETTINGS)

    assert jira.calls == ()
    assert (run.state, run.changed, run.calls) == (State.DONE, 1, 0)
    assert progress(key_result) == settled(7 * 90 + 2 * 60 + 4 * 10, 13)
    assert key_result.measurements.last().why["scale"] == [10, 60, 90]


def test_with_the_switch_off_a_run_moves_nothing(jira, key_result):
    link(key_result, "DEMO-8")
    read()
    IntegrationSettings.load().turn_off()
    jira.move("DEMO-8", "Done")

    run = read()

    assert (run.state, run.changed) == (State.DONE, 0)
    key_result.refresh_from_db()
    assert key_result.tracked_by == ""
    assert key_result.progress == 50
    assert key_result.jira_links.count() == 1


def test_switched_on_again_the_number_follows_jira_again(jira, key_result):
    link(key_result, "DEMO-8")
    read()
    IntegrationSettings.load().turn_off()
    key_result.refresh_from_db()
    key_result.check_in(
        by=key_result.owner, at=timezone.now(), confidence="on_track", value=Decimal(10)
    )
    jira.move("DEMO-8", "Done")

    IntegrationSettings.load().turn_on()
    read()

    assert progress(key_result) == 100


def test_a_removed_link_is_taken_out_of_the_number_without_jira(jira, key_result):
    first, _ = link(key_result, "DEMO-1", "DEMO-10")
    read()
    assert progress(key_result) == 50
    jira.fault("503")
    jira.forget_calls()

    first.remove(by=key_result.owner)
    run = read(key_result, trigger=Trigger.UNLINK)

    assert run.state == State.DONE
    assert progress(key_result) == 0
    assert jira.calls == ()


def test_the_last_link_removed_leaves_the_number_and_gives_it_back(key_result):
    [only] = link(key_result, "DEMO-8")
    read()

    only.remove(by=key_result.owner)
    read()

    key_result.refresh_from_db()
    assert (key_result.tracked_by, key_result.progress) == ("", 50)


def test_a_closed_cycle_is_not_read(jira, key_result):
    link(key_result, "DEMO-8")
    read()
    cycle = key_result.objective.cycle
    cycle.closed_at = timezone.now()
    cycle.save()
    jira.move("DEMO-8", "Done")
    jira.forget_calls()

    run = read()

    assert run.state == State.DONE
    assert progress(key_result) == 50
    assert not [call for call in jira.calls if fnmatch(call.path, jira.reads_at)]


def test_linking_the_same_thing_twice_is_linking_it_once(key_result):
    for _ in range(2):
        link(key_result, "DEMO-8")
        link(key_result, jql="project = DEMO")

    assert key_result.jira_links.count() == 2
