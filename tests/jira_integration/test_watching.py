"""The room's numbers: how old each site's reading is, what failed and why, in a few queries."""

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    State,
    SyncRun,
    Trigger,
    WebhookDelivery,
    WebhookReceiver,
)
from jira_integration.watching import numbers
from tests.jira_integration.events import tell

NOW = timezone.now()


@pytest.fixture
def site(db):
    IntegrationSettings.load().turn_on()
    return make_site("Jira")


def make_site(name, **columns):
    server = f"https://{name.lower()}.example"
    facts = {"api_base": server, "email": "bot", "token_saved_at": NOW, "sealed_token": "x"}
    return JiraConnection.objects.create(name=name, server=server, **facts, **columns)


def make_run(site, state=State.DONE, minutes=5, seconds=1.0, **columns):
    ended = NOW - timedelta(minutes=minutes)
    began = ended - timedelta(seconds=seconds)
    times = {"started_at": began, "finished_at": ended}
    return SyncRun.objects.create(
        connection=site, trigger=Trigger.SCHEDULE, state=state, **times, **columns
    )


def told(name):
    return {each.name: dict(each.values) for each in numbers(NOW)}[f"plumbline_jira_{name}"]


def test_a_reading_grows_old_and_is_overdue(site):
    site.read_at = NOW - timedelta(seconds=200)
    site.next_read_at = NOW - timedelta(seconds=140)
    site.save()
    assert told("sync_age_seconds") == {("Jira",): 200.0}
    assert told("sync_lag_seconds") == {("Jira",): 140.0}


def test_what_is_being_read_or_was_stopped_is_not_overdue(site):
    site.next_read_at = NOW - timedelta(minutes=9)
    site.suspended = True
    site.save()
    other = make_site("Support", next_read_at=NOW - timedelta(minutes=9))
    make_run(other, State.RUNNING)
    assert told("sync_lag_seconds") == {("Jira",): 0.0, ("Support",): 0.0}


def test_while_progress_from_jira_is_off_nothing_is_old(site):
    IntegrationSettings.objects.update(enabled=False)
    assert (told("sync_age_seconds"), told("sync_lag_seconds")) == ({}, {})


def test_failures_are_told_by_their_cause(site):
    site.failure_code, site.failing_since = "timed_out", NOW - timedelta(minutes=3)
    site.save()
    for cause in ("timed_out", "timed_out", "rate_limited"):
        make_run(site, State.FAILED, failure_code=cause)
    make_run(site, State.FAILED, minutes=61, failure_code="timed_out")
    assert told("site_failing_seconds") == {("Jira", "timed_out"): 180.0}
    assert told("failures_last_hour") == {("Jira", "timed_out"): 2, ("Jira", "rate_limited"): 1}
    assert told("runs_last_hour") == {("Jira", "failed"): 3}


def test_a_site_that_is_well_fails_for_no_time(site):
    assert told("site_failing_seconds") == {("Jira", "none"): 0.0}


def test_runs_tell_how_long_they_took_and_how_often_they_asked(site):
    make_run(site, seconds=1.0, calls=3)
    make_run(site, seconds=1.0, calls=4)
    make_run(site, State.FAILED, seconds=7.0, calls=1, failure_code="unavailable")
    assert told("calls_last_hour") == {("Jira",): 8}
    assert told("run_duration_seconds") == {("Jira", "average"): 3.0, ("Jira", "longest"): 7.0}


def test_runs_that_wait_and_marks_that_were_not_read_are_counted(site):
    SyncRun.objects.create(connection=site, trigger=Trigger.WEBHOOK)
    tell(WebhookReceiver.objects.open_for(site), 10_001, 10_002, 10_002)
    assert told("runs_open") == {("Jira", "waiting"): 1}
    assert told("unread_marks") == {("Jira",): 2}


def test_events_are_counted_once_each(site):
    receiver = WebhookReceiver.objects.open_for(site)
    for key, minutes in (("a", 1), ("a", 2), ("b", 3), ("c", 90)):
        at = NOW - timedelta(minutes=minutes)
        WebhookDelivery.objects.keep(receiver, [(key, "jira:issue_updated", 1)], at)
    assert told("events_last_hour") == {("Jira",): 2}


def test_they_cost_the_same_with_three_runs_and_with_three_hundred(site):
    def queries():
        with CaptureQueriesContext(database) as seen:
            numbers(NOW)
        return len(seen)

    for _ in range(3):
        make_run(site)
    few = queries()
    for number in range(5):
        make_site(f"Site{number}")
    SyncRun.objects.bulk_create(make_like(site) for _ in range(300))
    assert queries() == few <= 8


def make_like(site):
    return SyncRun(connection=site, state=State.DONE, started_at=NOW, finished_at=NOW)
