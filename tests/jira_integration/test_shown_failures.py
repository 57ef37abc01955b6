"""What Jira refuses to show spoils nothing else, and is made up for once it can be."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration import sync
from jira_integration.into_jira import outbox
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraWriting,
    ShownKeyResult,
    State,
    SyncRun,
    Trigger,
)
from jira_integration.tasks import tick
from tests.cast import make_key_result, signed_in
from tests.jira_integration.seen import url, words
from tests.jira_integration.shown import bring_up_to_date, last_write, titles
from tests.jira_integration.stage import connect, link, read

BOTH = pytest.mark.editions("cloud", "data center")


@BOTH
def test_a_project_that_refuses_spoils_its_own_line_alone(jira, showing, key_result, olga):
    jira.withhold("LINK_ISSUES", "DEMO")
    operations = jira.create("OPS", "Move the phones")
    link(key_result, "DEMO-8", operations.key)
    read()

    row = ShownKeyResult.objects.exclude(failure_code="").get()
    assert row.failure
    assert "may not link issues in the project of DEMO-8" in row.failure.sentence
    assert titles(jira, operations.key)
    assert last_write().state == State.DONE
    activity = words(signed_in(olga).get(url("activity")))
    assert "Not shown on their Jira issues 1 key result" in activity
    key_result.refresh_from_db()
    assert key_result.progress == 25
    assert not JiraConnection.objects.get().failure_code

    jira.site.outside.withheld.clear()
    ShownKeyResult.objects.try_again(showing.connection_id)
    bring_up_to_date()
    assert titles(jira, "DEMO-8")


def test_a_deleted_issue_is_said_and_its_line_goes_with_the_link(jira, showing, key_result):
    (line,) = link(key_result, "DEMO-8")
    read()
    jira.delete("DEMO-8")
    key_result.refresh_from_db()
    key_result.title = "Another"
    key_result.keep()
    bring_up_to_date()
    assert ShownKeyResult.objects.get().failure_code == "link_lost"

    line.remove(by=key_result.owner)
    bring_up_to_date()
    assert not ShownKeyResult.objects.exists()


@BOTH
def test_an_outage_waits_and_is_made_up_for(jira, showing, key_result):
    link(key_result, "DEMO-8")
    jira.fault("503", path="*/remotelink", times=1)
    read()

    showing.refresh_from_db()
    assert (showing.failure_code, titles(jira, "DEMO-8")) == ("unavailable", [])
    assert showing.waits_until
    assert showing.waits_until > timezone.now()
    assert last_write().state == State.FAILED
    assert not JiraConnection.objects.get().failure_code

    JiraWriting.objects.update(waits_until=timezone.now() - timedelta(seconds=1))
    bring_up_to_date()
    showing.refresh_from_db()
    assert titles(jira, "DEMO-8")
    assert (showing.failure_code, showing.waits_until) == ("", None)


@BOTH
def test_an_answer_that_got_lost_leaves_one_line(jira, showing, key_result):
    link(key_result, "DEMO-8")
    jira.fault("reset", path="*/remotelink", method="POST", times=1)
    read()
    JiraWriting.objects.update(waits_until=None)
    bring_up_to_date()

    assert len(titles(jira, "DEMO-8")) == 1


def test_a_slow_down_for_one_issue_waits_for_that_issue(jira, showing, key_result):
    jira.fault("429", path="*/remotelink", times=1, reason="jira-per-issue-on-write")
    link(key_result, "DEMO-8", "DEMO-10")
    read()

    assert ShownKeyResult.objects.filter(not_before__gt=timezone.now(), is_due=True).count() == 1
    assert last_write().state == State.DONE
    bring_up_to_date()
    assert titles(jira, "DEMO-8")
    assert titles(jira, "DEMO-10")


def test_a_slow_down_for_all_is_kept_to_the_second(jira, showing, key_result):
    jira.fault("429", path="*/remotelink", times=1, retry_after="120", reason="jira-burst-based")
    link(key_result, "DEMO-8", "DEMO-10")
    read()

    showing.refresh_from_db()
    assert showing.waits_until
    assert showing.waits_until - timezone.now() > timedelta(seconds=110)
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == titles(jira, "DEMO-10") == []


def test_an_issue_of_many_key_results_is_written_to_within_jiras_limits(jira, showing, key_result):
    for number in range(24):
        link(make_key_result(key_result.objective, title=f"Part {number}"), "DEMO-8")
    read()
    JiraWriting.objects.update(compared_at=None)
    tick()
    sync.run_waiting(showing.connection_id)

    assert len(titles(jira, "DEMO-8")) == 10
    assert not any(call.status == 429 for call in jira.calls)
    assert ShownKeyResult.objects.filter(is_due=True, not_before__gt=timezone.now()).count() == 14


def test_a_token_that_may_only_read_halts_the_writing_and_nothing_else(
    jira, db, key_result, settings
):
    settings.JIRA_GATEWAY = jira.url
    connection = connect(jira, jira.scoped_token)
    IntegrationSettings.load().turn_on()
    showing = JiraWriting.objects.of(connection)
    showing.switch("shows_key_results", on=True)
    link(key_result, "DEMO-8")
    read()

    showing.refresh_from_db()
    assert showing.is_halted
    assert showing.failure
    assert "write:jira-work" in showing.failure.sentence
    key_result.refresh_from_db()
    assert key_result.progress == 50
    assert not JiraConnection.objects.get().suspended
    runs = SyncRun.objects.filter(trigger=Trigger.WRITE).count()
    bring_up_to_date()
    assert SyncRun.objects.filter(trigger=Trigger.WRITE).count() == runs

    JiraConnection.objects.update(token_saved_at=timezone.now())
    showing = JiraWriting.objects.get()
    assert not showing.is_halted


def test_an_expired_token_suspends_the_site_before_anything_is_written(jira, showing, key_result):
    link(key_result, "DEMO-8")
    read()
    jira.move("DEMO-8", "Done")
    read()
    jira.fault("anonymous")
    bring_up_to_date()

    assert JiraConnection.objects.get().suspended
    assert ShownKeyResult.objects.get().is_due


def test_a_run_that_lost_its_lease_is_put_back(jira, showing, key_result):
    link(key_result, "DEMO-8")
    outbox.line_up(showing, timezone.now())
    outbox.ask(showing, timezone.now())
    run = last_write()
    lease = JiraConnection.objects.claim(showing.connection_id, timezone.now())
    assert lease
    assert run.start(lease, timezone.now())
    JiraConnection.objects.withdraw(showing.connection_id, lease)

    sync.sync(run)

    run.refresh_from_db()
    assert run.state == State.WAITING
    assert jira.remote_links("DEMO-8") == []
