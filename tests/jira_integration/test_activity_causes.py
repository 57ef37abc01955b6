"""Sync activity: failures by their cause with the way out, and events that drown nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.failures import PASSED, failures
from jira_integration.models import JiraConnection, State, SyncRun, Trigger
from tests.cast import signed_in
from tests.jira_integration.seen import url, words
from tests.jira_integration.stage import counted, read

NOW = timezone.now()


@pytest.fixture
def admin(connection, olga):
    return signed_in(olga)


def ran(number: int = 1, trigger: str = Trigger.SCHEDULE, **columns) -> None:
    at = timezone.now()
    columns = {"state": State.DONE, "started_at": at, "finished_at": at, **columns}
    connection = JiraConnection.objects.get()
    SyncRun.objects.bulk_create(
        SyncRun(connection=connection, trigger=trigger, **columns) for _ in range(number)
    )


def failed(code: str, number: int = 1, **columns) -> None:
    ran(number, state=State.FAILED, failure_code=code, **columns)


def test_failures_are_grouped_by_cause_with_the_way_out_of_each(admin):
    failed("timed_out", 3, failure_facts={"host": "jira.example", "seconds": 30})
    failed("captcha", failure_facts={"host": "jira.example"})

    page = words(admin.get(url("activity")))

    assert "jira.example did not answer within 30 seconds" in page
    assert "3 times, last" in page
    assert "may reach Jira." in page
    assert "1 time, last" in page
    assert "Sign in to Jira in a browser as that account" in page


def test_what_has_passed_is_told_last_and_as_that(jira, linked):
    failed("timed_out", finished_at=NOW - timedelta(minutes=5))
    read()
    failed("captcha", finished_at=timezone.now() + timedelta(seconds=5))

    found = failures([JiraConnection.objects.get()], timezone.now())

    assert [each.passed for each in found] == [False, True]
    assert found[1].way_out == PASSED


def test_failures_of_long_ago_are_not_told(admin):
    failed("timed_out", finished_at=NOW - timedelta(days=8))

    assert "Failed syncs" not in words(admin.get(url("activity")))


def test_a_hundred_failures_cost_as_many_queries_as_one(admin):
    def queries() -> int:
        with counted() as asked:
            admin.get(url("activity"))
        return len(asked)

    failed("timed_out")
    one = queries()
    for code in ("captcha", "forbidden", "unavailable", "given_up"):
        failed(code, 25)

    assert queries() <= one + 1


def test_readings_after_events_are_told_in_one_line_and_shown_when_asked(admin):
    ran(60, Trigger.WEBHOOK, changed=2)
    ran(1, Trigger.HAND)

    page = words(admin.get(url("activity")))

    assert "60 readings after events of Jira in the last day, which changed 120 numbers." in page
    assert "Event from Jira" not in page
    assert "Sync now" in page
    assert "1–25 of 60" in words(admin.get(url("activity") + "?result=events"))
    assert "1–25 of 60" in words(admin.get(url("activity") + "?result=changed"))


def test_an_events_reading_that_failed_stands_among_the_others(admin):
    ran(trigger=Trigger.WEBHOOK, state=State.FAILED, failure_code="timed_out")

    assert "Event from Jira" in words(admin.get(url("activity")))


def test_a_run_tells_who_asked_for_it_and_what_it_cost(admin, olga):
    ran(1, Trigger.HAND, by=olga, calls=1234)

    page = words(admin.get(url("activity")))

    assert "Sync now by Olga Petrenko" in page
    assert "1,234" in page


def test_somebody_else_sees_none_of_it(connection, ben):
    assert signed_in(ben).get(url("activity")).status_code == 403
