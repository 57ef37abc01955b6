"""Changes that no event told: Jira is read in any case, and the page says what that shows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration import tasks
from jira_integration.models import SyncRun, WebhookReceiver
from tests.cast import signed_in
from tests.jira_integration.events import body_of, opened, send
from tests.jira_integration.seen import url, words
from tests.jira_integration.stage import read

MANAGE = "/okr-admin/integration/jira/manage/"


@pytest.fixture
def receiver(linked) -> WebhookReceiver:
    """Opened an hour ago."""
    receiver = opened()
    WebhookReceiver.objects.update(opened_at=timezone.now() - timedelta(hours=1))
    return receiver


def moved_a_minute_ago(jira, key: str, status: str) -> None:
    jira.site.clock = lambda: timezone.now() - timedelta(minutes=1)
    jira.move(key, status)


def test_a_change_that_no_event_told_is_counted(jira, receiver, olga):
    moved_a_minute_ago(jira, "DEMO-10", "Done")

    run = read()

    assert (run.changed, run.untold) == (1, 1)
    page = words(signed_in(olga).get(MANAGE))
    assert "Events seem to be missing: 1 change was found by reading Jira" in page
    assert "may call http" in page


def test_a_change_that_was_told_is_none(jira, receiver, olga):
    moved_a_minute_ago(jira, "DEMO-10", "Done")
    send(receiver, body_of(jira.issue("DEMO-10").id))

    assert read().untold == 0
    assert "seem to be missing" not in words(signed_in(olga).get(url("manage")))


def test_a_change_of_this_moment_may_still_be_told(jira, receiver):
    jira.move("DEMO-10", "Done")

    assert read().untold == 0


def test_a_change_of_before_the_webhook_was_opened_is_nobodys_fault(jira, linked):
    moved_a_minute_ago(jira, "DEMO-10", "Done")
    opened()

    assert read().untold == 0


def test_another_change_than_of_a_status_is_not_expected_to_be_told(jira, receiver):
    moved_a_minute_ago(jira, "DEMO-10", "Done")
    jira.move("DEMO-10", "To Do")
    jira.rename("DEMO-10", "Another name")

    assert read().untold == 0


def test_who_has_no_webhook_misses_nothing(jira, linked, olga):
    moved_a_minute_ago(jira, "DEMO-10", "Done")

    assert read().untold == 0


def test_what_was_missed_is_remembered_for_a_day(jira, receiver, olga):
    moved_a_minute_ago(jira, "DEMO-10", "Done")
    read()
    SyncRun.objects.update(finished_at=timezone.now() - timedelta(hours=2))
    tasks.tick()
    assert SyncRun.objects.filter(untold=1).exists()

    SyncRun.objects.update(started_at=timezone.now() - timedelta(hours=25))

    assert "seem to be missing" not in words(signed_in(olga).get(url("manage")))


def test_a_new_webhook_begins_without_a_past(jira, receiver, olga):
    moved_a_minute_ago(jira, "DEMO-10", "Done")
    read()

    opened()

    assert "seem to be missing" not in words(signed_in(olga).get(url("manage")))
