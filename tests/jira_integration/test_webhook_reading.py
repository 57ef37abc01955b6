"""From an event to the number: only what it names is read, and nothing it says is believed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration import sync, tasks
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    State,
    SyncRun,
    Trigger,
    WebhookDelivery,
    WebhookReceiver,
)
from tests.cast import make_key_result
from tests.jira_integration.events import (
    DELETED,
    body_of,
    identified,
    opened,
    send,
    tell,
    unread,
)
from tests.jira_integration.stage import link, progress, read


@pytest.fixture
def receiver(linked) -> WebhookReceiver:
    return opened()


def work_off() -> SyncRun:
    """As the worker that was rung for, once the pause between two readings is over."""
    SyncRun.objects.update(not_before=None)
    sync.run_waiting(JiraConnection.objects.get().pk)
    run = SyncRun.objects.filter(trigger=Trigger.WEBHOOK).first()
    assert run is not None
    return run


def asked(jira, path: str) -> int:
    return sum(path in call.path for call in jira.calls)


def happens(jira, receiver, key: str, status: str, number: int = 1) -> None:
    jira.move(key, status)
    send(receiver, body_of(jira.issue(key).id), **identified(number))


def test_a_moved_issue_moves_its_key_result_at_once(jira, receiver, linked):
    jira.forget_calls()
    happens(jira, receiver, "DEMO-10", "Done")

    run = work_off()

    assert (str(run.state), run.changed) == (State.DONE, 1)
    assert progress(linked) == 75
    assert (asked(jira, "bulkfetch"), asked(jira, "search"), len(jira.calls)) == (1, 0, 3)
    assert not unread()


def test_nothing_in_the_body_moves_a_number(jira, receiver, linked):
    forged = {"id": str(jira.issue("DEMO-10").id), "fields": {"status": {"name": "Done"}}}

    send(receiver, body_of(1, issue=forged))

    assert work_off().changed == 0
    assert progress(linked) == 25


def test_other_key_results_and_the_last_complete_reading_are_left_alone(jira, receiver, linked):
    other = make_key_result(linked.objective, title="Another")
    link(other, "DEMO-11")
    read()
    read_at = JiraConnection.objects.get().read_at
    jira.move("DEMO-11", "Done")
    happens(jira, receiver, "DEMO-10", "Done")

    work_off()

    assert progress(linked) == 75
    assert progress(other) == 0
    assert JiraConnection.objects.get().read_at == read_at


def test_an_issue_that_a_search_found_is_read_by_number(jira, connection, key_result):
    link(key_result, jql="key in (DEMO-8, DEMO-10)")
    read()
    receiver = opened()
    jira.forget_calls()
    happens(jira, receiver, "DEMO-10", "Done")

    work_off()

    assert progress(key_result) == 75
    assert asked(jira, "search") == 0


def test_an_issue_that_nobody_counts_makes_the_searches_run(jira, connection, key_result):
    link(key_result, jql='summary ~ "Brand new" OR key = DEMO-8')
    read()
    receiver = opened()
    created = jira.create("DEMO", "Brand new", status="Done")
    send(receiver, body_of(created.id, "jira:issue_created"))

    work_off()

    assert progress(key_result) == 75


def test_searches_asked_for_too_soon_are_put_off_and_not_forgotten(jira, connection, key_result):
    link(key_result, jql='summary ~ "Brand new" OR key = DEMO-8')
    read()
    receiver = opened()
    send(receiver, body_of(99_999), **identified(1))
    work_off()
    created = jira.create("DEMO", "Brand new", status="Done")
    send(receiver, body_of(created.id), **identified(2))
    work_off()
    assert progress(key_result) == 50

    WebhookReceiver.objects.update(searched_at=timezone.now() - timedelta(seconds=11))
    WebhookReceiver.objects.update(search_due_at=timezone.now())
    tasks.tick()
    work_off()

    assert progress(key_result) == 75


def test_searches_run_once_more_when_jiras_search_has_caught_up(jira, connection, key_result):
    link(key_result, jql="project = DEMO")
    read()
    receiver = opened()
    before = timezone.now()
    happens(jira, receiver, "DEMO-10", "Done")
    work_off()
    due = WebhookReceiver.objects.get().search_due_at
    assert due is not None
    assert before < due - timedelta(seconds=60) < timezone.now()
    tasks.tick()
    assert not SyncRun.objects.waiting(connection.pk, Trigger.WEBHOOK).exists()

    WebhookReceiver.objects.update(search_due_at=timezone.now())
    jira.forget_calls()
    tasks.tick()
    work_off()

    assert asked(jira, "search/jql") == 1


def test_an_issue_deleted_in_jira_leaves_the_search_that_found_it(jira, connection, key_result):
    link(key_result, jql='summary ~ "Short lived" OR key = DEMO-8')
    short_lived = jira.create("DEMO", "Short lived", status="Done")
    read()
    assert progress(key_result) == 75
    receiver, gone = opened(), short_lived.id
    jira.delete(short_lived.key)

    send(receiver, body_of(gone, DELETED))
    work_off()

    assert progress(key_result) == 50


def test_a_linked_issue_that_was_deleted_keeps_its_last_status(jira, receiver, linked):
    gone = jira.issue("DEMO-8").id
    jira.delete("DEMO-8")

    send(receiver, body_of(gone, DELETED))
    work_off()

    assert progress(linked) == 25
    assert JiraConnection.objects.get().issues.get(jira_id=gone).unreadable_since


def test_events_in_any_order_and_number_end_in_the_same_number(jira, receiver, linked):
    for number, status in enumerate(["Done", "To Do", "In Progress", "Done"]):
        happens(jira, receiver, "DEMO-10", status, number)
    for number in (3, 1, 0, 2, 3):
        send(receiver, body_of(jira.issue("DEMO-10").id), **identified(number))

    jira.forget_calls()
    work_off()

    assert progress(linked) == 75
    assert asked(jira, "bulkfetch") == 1


def test_a_storm_is_read_in_as_many_batches_as_it_has_issues(jira, connection, key_result):
    many = jira.create_many("DEMO", 500, status="Done")
    link(key_result, *(issue.key for issue in many))
    read()
    receiver = opened()
    for issue in many:
        jira.move(issue.key, "To Do")
        tell(receiver, issue.id)
    send(receiver, body_of(many[0].id))
    jira.forget_calls()
    before = timezone.now()

    work_off()

    assert progress(key_result) == 0
    assert (asked(jira, "bulkfetch"), len(jira.calls)) == (1, 3)
    until = WebhookReceiver.objects.get().breathes_until
    assert until is not None
    assert before + timedelta(seconds=4) <= until <= timezone.now() + timedelta(seconds=4)


def test_an_issue_told_of_again_while_it_was_read_is_read_again(connection, receiver):
    tell(receiver, 10_001, 10_002)
    marks = WebhookDelivery.objects.marks(connection.pk)
    tell(receiver, 10_001)

    WebhookDelivery.objects.clear(marks)

    assert unread() == {10_001}


def test_a_lost_run_is_asked_for_again_by_the_schedule(jira, receiver, linked):
    happens(jira, receiver, "DEMO-10", "Done")
    SyncRun.objects.filter(trigger=Trigger.WEBHOOK).delete()

    tasks.tick()
    work_off()

    assert progress(linked) == 75


def test_a_complete_reading_clears_what_was_marked(jira, receiver, linked):
    happens(jira, receiver, "DEMO-10", "Done")

    read()
    jira.forget_calls()
    work_off()

    assert progress(linked) == 75
    assert not jira.calls


def test_the_schedule_goes_on_while_events_wait(connection, receiver):
    send(receiver, body_of(1))
    JiraConnection.objects.update(next_read_at=None)

    SyncRun.objects.ask_due(timezone.now())

    assert SyncRun.objects.waiting(connection.pk, Trigger.SCHEDULE).exists()


@pytest.mark.parametrize("state", [{"suspended": True}, {"failure_code": "unavailable"}])
def test_a_site_in_trouble_is_not_asked_because_of_an_event(receiver, state):
    JiraConnection.objects.update(**state)

    assert send(receiver, body_of(1)).status_code == 202

    assert not SyncRun.objects.filter(trigger=Trigger.WEBHOOK).exists()
    assert unread()


def test_events_are_kept_and_not_followed_while_progress_updates_are_off(receiver):
    IntegrationSettings.objects.update(enabled=False)

    assert send(receiver, body_of(1)).status_code == 202

    assert not SyncRun.objects.filter(trigger=Trigger.WEBHOOK).exists()


def test_a_reading_as_nobody_moves_nothing_and_the_mark_stays(jira, receiver, linked):
    happens(jira, receiver, "DEMO-10", "Done")
    jira.fault("anonymous", after=1)

    run = work_off()

    assert str(run.state) == State.FAILED
    assert progress(linked) == 25
    assert unread()


def test_a_ring_a_moment_early_is_answered_all_the_same(jira, receiver, linked):
    happens(jira, receiver, "DEMO-10", "Done")
    run = SyncRun.objects.filter(trigger=Trigger.WEBHOOK)
    soon, later = timedelta(milliseconds=100), timedelta(seconds=5)
    run.update(not_before=timezone.now() + later)
    assert sync.run_waiting(receiver.connection_id) == 0

    run.update(not_before=timezone.now() + soon)

    assert sync.run_waiting(receiver.connection_id) == 1
