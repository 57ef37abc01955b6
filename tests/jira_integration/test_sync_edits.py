"""Percentages and links that are edited while Jira is read: all or nothing, never mixed."""

import pytest
from django.utils import timezone

from jira_integration import sync
from jira_integration.models import (
    JiraLink,
    LinkedIssue,
    State,
)
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import OvertakenError, fetch
from jira_integration.sync.mirror import mirror
from jira_integration.sync.plan import plan_reads
from jira_integration.sync.record import record
from tests.jira_integration.stage import (
    let_the_lease_run_out,
    link,
    meanwhile,
    progress,
    read,
    rescale,
    started,
)


def test_percentages_that_change_before_the_commit_are_used_for_all_or_nothing(jira, linked):
    jira.move("DEMO-8", "Done")
    run = started()
    plan = plan_reads(run)
    found = fetch(plan, run)
    mirror(run, plan, found, timezone.now())
    [outcomes] = compute(plan, found)

    rescale(10, 60, 90)

    with pytest.raises(OvertakenError):
        record(run, plan, outcomes, timezone.now())
    assert progress(linked) == 25


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stage", ["bulkfetch", "myself"])
def test_percentages_edited_while_jira_is_read_start_the_run_again(jira, linked, stage):
    jira.move("DEMO-8", "Done")
    meanwhile(jira, stage, lambda: rescale(10, 60, 90))

    run = read()

    assert (run.state, run.starts) == (State.DONE, 1)
    assert progress(linked) == 50  # (90 + 10) / 2
    assert linked.measurements.last().why["version"] == 2
    assert linked.measurements.count() == 3  # by hand, when linked, now


@pytest.mark.django_db(transaction=True)
def test_a_link_removed_while_jira_is_read_is_worked_out_by_its_own_run(jira, linked):
    done = JiraLink.objects.get(issue__key="DEMO-10")
    meanwhile(jira, "bulkfetch", lambda: done.remove(by=linked.owner))

    read()

    assert progress(linked) == 50
    assert LinkedIssue.objects.count() == 1


def test_links_edited_in_the_middle_wait_for_their_own_run(jira, connection, linked):
    run = started()
    plan = plan_reads(run)
    found = fetch(plan, run)
    mirror(run, plan, found, timezone.now())
    [outcomes] = compute(plan, found)
    link(linked, "DEMO-1")

    assert record(run, plan, outcomes, timezone.now()) == 0
    assert progress(linked) == 25
    let_the_lease_run_out()
    sync.run_waiting(connection.pk)

    assert progress(linked) == 50  # To Do, In Progress and Done


def test_a_link_removed_in_the_middle_leaves_no_trace(connection, linked):
    run = started()
    plan = plan_reads(run)
    found = fetch(plan, run)
    mirror(run, plan, found, timezone.now())
    [outcomes] = compute(plan, found)
    JiraLink.objects.filter(issue__key="DEMO-10").get().remove(by=linked.owner)

    record(run, plan, outcomes, timezone.now())
    let_the_lease_run_out()
    sync.run_waiting(connection.pk)

    assert progress(linked) == 50
    assert LinkedIssue.objects.count() == 1
