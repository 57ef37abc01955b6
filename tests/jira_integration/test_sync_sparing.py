"""A complete reading by the schedule works out only what moved, and misses nothing."""

import pytest
from django.utils import timezone

from jira_integration.models import JiraConnection, JiraLink, LinkedIssue, Trigger
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import fetch
from jira_integration.sync.mirror import mirror
from jira_integration.sync.plan import plan_reads
from okr.models import KeyResult
from tests.cast import make_key_result, make_objective
from tests.jira_integration.stage import counted, link, progress, read, started, written_tables
from tests.jira_integration.test_sync_economy import OWN_ROWS, many_linked

pytestmark = pytest.mark.usefixtures("connection")


@pytest.fixture
def followed(key_result):
    """Stands at 25: one In Progress, one To Do."""
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    return key_result


def by_the_clock():
    return read(trigger=Trigger.SCHEDULE)


def test_nothing_new_is_the_same_few_statements_and_no_write_for_3_links_and_301(
    jira, cycle, ben, olga
):
    statements = []
    for owner, number in ((ben, 2), (olga, 151)):
        KeyResult.objects.all().delete()
        many_linked(jira, make_objective(owner, cycle), number)
        read()
        with counted() as queries:
            run = by_the_clock()
        statements.append(len(queries))
        assert (run.changed, run.read) == (0, run.planned)
        assert written_tables(queries) == OWN_ROWS

    assert statements[0] == statements[1]


def test_only_the_key_result_of_the_issue_that_moved_is_measured(jira, followed):
    other = make_key_result(followed.objective, title="Stays")
    link(other, "DEMO-1")
    read()
    jira.move("DEMO-10", "Done")

    assert by_the_clock().changed == 1
    assert progress(followed) == 75
    assert progress(other) == 100


def test_a_number_that_something_else_moved_is_put_right(followed):
    KeyResult.objects.filter(pk=followed.pk).update(progress=80)

    assert by_the_clock().changed == 1
    assert progress(followed) == 25


def test_a_weight_that_no_run_has_told_yet_is_found(followed):
    JiraLink.objects.filter(issue__key="DEMO-10").update(weight=3)

    assert by_the_clock().changed == 1
    assert float(progress(followed) or 0) == 12.5


def test_resolutions_left_out_meanwhile_are_found(jira, followed):
    done = jira.resolve("DEMO-10", "Won't Do")
    jira.move("DEMO-10", "Done")
    by_the_clock()
    assert progress(followed) == 75
    resolution = LinkedIssue.objects.get(issue__jira_id=done.id).issue.resolution_id
    JiraConnection.objects.update(left_out=[resolution])

    assert by_the_clock().changed == 1
    assert progress(followed) == 50
    assert by_the_clock().changed == 0


def test_what_counted_and_was_lost_from_the_record_is_counted_again(followed):
    LinkedIssue.objects.filter(issue__key="DEMO-8").delete()

    by_the_clock()

    assert LinkedIssue.objects.filter(link__key_result=followed).count() == 2
    assert progress(followed) == 25


def test_a_link_that_no_reading_has_seen_is_noted_as_read(followed):
    JiraLink.objects.filter(issue__key="DEMO-8").update(read_at=None)

    by_the_clock()

    assert JiraLink.objects.get(issue__key="DEMO-8").read_at is not None


def test_a_link_that_comes_while_jira_is_read_waits_for_its_own_run(jira, followed):
    run = started(Trigger.SCHEDULE)
    plan = plan_reads(run)
    found = fetch(plan, run)
    link(followed, jql="project = DEMO AND status = Done")
    mirror(run, plan, found, timezone.now())

    assert [outcome for batch in compute(plan, found) for outcome in batch] == []
    assert progress(followed) == 25
