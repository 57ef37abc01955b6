"""A key result that two sites feed: whichever is read, the other's part counts as it was known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration import sync
from jira_integration.models import JiraConnection, SyncRun, Trigger
from jira_integration.past import Past
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import fetch
from jira_integration.sync.mirror import mirror
from jira_integration.sync.plan import plan_reads
from jira_integration.sync.record import record
from okr.models import Measurement
from tests.jira_integration.stage import (
    let_the_lease_run_out,
    link,
    progress,
    read,
    rescale,
    started,
)


@pytest.fixture
def mixed(connection, support, key_result):
    """DEMO-8 of each site, both In Progress."""
    link(key_result, "DEMO-8", at=connection)
    link(key_result, "DEMO-8", at=support)
    read(at=connection)
    read(at=support)
    return key_result


def test_the_same_key_on_two_sites_is_two_issues(support_jira, support, mixed):
    assert progress(mixed) == 50
    assert mixed.measurements.last().why["counts"]["indeterminate"] == 2

    support_jira.move("DEMO-8", "Done")
    read(at=support)

    assert progress(mixed) == 75
    moved = support_jira.issue("DEMO-8").id
    assert mixed.measurements.last().why["finished"]["issues"] == [[support.pk, moved]]


def test_the_part_of_a_site_that_fails_stays_while_the_other_moves(
    jira, support_jira, connection, support, mixed
):
    support_jira.fault("401")
    read(at=support)
    jira.move("DEMO-8", "Done")
    read(at=connection)

    assert progress(mixed) == 75
    support.refresh_from_db()
    assert support.suspended


def test_reading_one_site_asks_nothing_of_the_other(jira, support_jira, connection, mixed):
    support_jira.forget_calls()

    read(at=connection)

    assert not support_jira.calls


def test_a_query_of_one_site_leaves_the_members_of_the_other(
    jira, support_jira, connection, support, mixed
):
    link(mixed, jql="key in (DEMO-1, DEMO-2)", at=support)
    read(at=support)
    assert progress(mixed) == 75

    read(at=connection)

    assert progress(mixed) == 75
    assert sum(mixed.measurements.last().why["counts"].values()) == 4


def test_new_percentages_move_both_parts_at_once(connection, support, mixed):
    rescale(10, 60, 90)
    read(at=connection, trigger=Trigger.SETTINGS)
    assert progress(mixed) == 60
    before = Measurement.objects.count()

    read(at=support, trigger=Trigger.SETTINGS)

    assert progress(mixed) == 60
    assert Measurement.objects.count() == before


def test_the_page_names_the_issue_of_the_right_site(support_jira, support, mixed):
    for each in Measurement.objects.all():
        Measurement.objects.filter(pk=each.pk).update(at=each.at - timedelta(days=1))
    support_jira.rename("DEMO-8", "Answer the phone")
    support_jira.move("DEMO-8", "Done")
    read(at=support)

    moved = Past.of(mixed, None, timezone.localdate()).moved
    [finished] = [each for each in moved if each.label == "Finished"]
    assert [issue.summary for issue in finished.issues] == ["Answer the phone"]


def test_a_number_that_the_other_site_moved_meanwhile_is_read_again(
    jira, support_jira, connection, support, mixed
):
    jira.move("DEMO-8", "Done")
    support_jira.move("DEMO-8", "To Do")
    run = started(at=connection)
    plan = plan_reads(run)
    found = fetch(plan, run)
    mirror(run, plan, found, timezone.now())
    [outcomes] = compute(plan, found)
    read(at=support)
    assert progress(mixed) == 50  # by what the mirror knows of both; ours would make it 75

    assert record(run, plan, outcomes, timezone.now()) == 0
    assert progress(mixed) == 50
    assert SyncRun.objects.open().filter(trigger=Trigger.MIXED).exists()
    let_the_lease_run_out()
    for each in JiraConnection.objects.all():
        sync.run_waiting(each.pk)

    assert progress(mixed) == 50
