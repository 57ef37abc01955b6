"""A reading that fails moves no number, explains itself, and is tried again when it should be."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from jira_integration.models import JiraConnection, JiraIssue, State, SyncRun, Trigger
from jira_integration.tasks import tick
from okr.models import Measurement
from okr.sealing import seal
from tests.editions import refusal_of
from tests.jira_integration.stage import connect, link, progress, read, rescale

MYSELF = "*/myself"

# fault, its options → the code that is stored, words of its sentence, whether a person must act
FAILURES: dict[str, tuple[dict[str, Any], str, str, bool]] = {
    "401": ({"kind": "401"}, "wrong_credentials", "did not accept this email and token", True),
    "403": ({"kind": "403"}, "forbidden", "Jira refused access for", True),
    "captcha": ({"kind": "captcha"}, "captcha", "Jira wants a CAPTCHA", True),
    "not a Jira": ({"kind": "html"}, "not_jira", "it is not Jira", False),
    "redirect": ({"kind": "redirect"}, "redirected", "redirects to elsewhere.example", False),
    "timeout": ({"kind": "timeout", "seconds": 20}, "timed_out", "within 1 seconds", False),
    "drip": ({"kind": "drip", "seconds": 0.1}, "timed_out", "did not answer", False),
    "reset": ({"kind": "reset"}, "unavailable", "ended the connection", False),
    "500": ({"kind": "500"}, "unavailable", "out of order at the moment (error 500)", False),
    "503": ({"kind": "503"}, "unavailable", "error 503", False),
    "truncated": ({"kind": "truncated"}, "broken_answer", "broke off in the middle", False),
    "invalid": ({"kind": "invalid-json"}, "broken_answer", "cannot be read", False),
    "schema": ({"kind": "wrong-schema"}, "broken_answer", "cannot be read", False),
    "deep": ({"kind": "deep"}, "broken_answer", "cannot be read", False),
    "huge": ({"kind": "huge"}, "broken_answer", "far larger", False),
    "429": ({"kind": "429"}, "rate_limited", "asked us to slow down", False),
}
# answers that do not name the account they are for, which is asked of all but the first
NAMELESS = ("schema", "deep", "huge")

pytestmark = pytest.mark.editions("cloud", "data center")


@pytest.fixture
def tracked(connection, key_result, settings):
    """Half of DEMO-8 and a query, read once; then the work goes on in Jira."""
    settings.JIRA_ANSWER_SECONDS = 1
    link(key_result, "DEMO-8")
    link(key_result, jql="labels = demo")
    read()
    return key_result


def check_nothing_moved(key_result, act):
    """Runs `act` and proves that no number, no mirror row and no history changed."""
    before = progress(key_result), Measurement.objects.count(), list(JiraIssue.objects.values())
    run = act()
    after = progress(key_result), Measurement.objects.count(), list(JiraIssue.objects.values())
    assert after == before
    return run


@pytest.mark.parametrize("place", ["everywhere", "reads_at", "searches_at"])
@pytest.mark.parametrize("name", FAILURES)
def test_a_failed_reading_moves_no_number_and_says_why(jira, tracked, name, place):
    options, code, words, suspended = FAILURES[name]
    path = getattr(jira, place, "*")
    if name == "401":
        words = refusal_of(jira)
    if path != "*" and name in NAMELESS:
        code, words = "unproven_answer", f"was not meant for {jira.email}"
    jira.move("DEMO-8", "Done")
    fault = jira.fault(path=path, **options)

    run = check_nothing_moved(tracked, read)

    connection = run.connection
    assert fault.used
    assert (run.state, run.failure_code) == (State.FAILED, code)
    assert words in str(run.failure)
    assert (connection.failure_code, connection.suspended) == (code, suspended)
    assert str(connection.failure) == str(run.failure)
    assert connection.failing_since is not None
    assert connection.failures == 1


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_an_expired_token_that_is_answered_as_nobody_moves_no_number(jira, tracked, after):
    """Whether it expires before the first call or between any two."""
    jira.move("DEMO-8", "Done")
    jira.fault("anonymous", after=after)

    run = check_nothing_moved(tracked, read)

    assert run.state == State.FAILED
    assert run.failure_code in ("anonymous_answer", "wrong_credentials", "unproven_answer")
    assert run.connection.failure_code == run.failure_code


def test_an_answer_of_200_and_nothing_found_for_nobody_stops_the_connection(jira, tracked):
    jira.fault("anonymous", path=jira.searches_at)

    run = check_nothing_moved(tracked, read)

    assert run.failure_code == "anonymous_answer"
    assert run.connection.suspended


def test_a_suspended_connection_is_not_asked_again(jira, tracked):
    jira.fault("401", times=1)
    read()
    jira.forget_calls()
    JiraConnection.objects.update(next_read_at=timezone.now() - timedelta(days=1))

    tick()
    run = check_nothing_moved(tracked, read)

    assert jira.calls == ()
    assert not SyncRun.objects.filter(trigger=Trigger.SCHEDULE).exists()
    assert (run.state, run.failure_code) == (State.FAILED, "wrong_credentials")


def test_refused_credentials_are_tried_once_however_much_is_waiting(jira, tracked):
    jira.fault("401")
    jira.forget_calls()

    for _ in range(20):
        read(tracked)

    assert len(jira.calls) == 1


def test_credentials_that_work_again_start_the_reading_again(jira, tracked):
    jira.move("DEMO-8", "Done")
    jira.fault("401", times=1)
    read()
    connection = JiraConnection.objects.get()
    assert connection.suspended

    connect(jira, pk=connection.pk)
    connection.refresh_from_db()
    read()

    assert progress(tracked) == 100
    assert (connection.suspended, connection.failure_code, connection.failures) == (False, "", 0)


def test_told_to_slow_down_nothing_is_asked_before_the_time(jira, tracked):
    jira.move("DEMO-8", "Done")
    jira.fault("429", retry_after="120", times=1)
    asked_at = timezone.now()
    read()
    until = JiraConnection.objects.get().next_read_at
    jira.forget_calls()

    waiting = check_nothing_moved(tracked, read)

    assert jira.calls == ()
    assert waiting.state == State.WAITING
    assert until is not None
    assert until >= asked_at + timedelta(seconds=120)
    assert not SyncRun.objects.unserved(timezone.now()).exists()

    JiraConnection.objects.update(next_read_at=timezone.now())
    read()

    assert progress(tracked) == 100
    assert JiraConnection.objects.get().failure_code == ""


def test_percentages_can_change_while_jira_wants_us_to_wait(jira, tracked):
    jira.fault("429", retry_after="120", times=1)
    read()

    rescale(0, 20, 100)
    run = read(trigger=Trigger.SETTINGS)

    assert (run.state, run.changed) == (State.DONE, 1)


def test_failures_in_a_row_wait_longer_each_time_up_to_a_quarter_of_an_hour(jira, tracked):
    jira.fault("503")
    waits = []
    for _ in range(9):
        run = read()
        assert run.finished_at is not None
        assert run.connection.next_read_at is not None
        waits.append((run.connection.next_read_at - run.finished_at).total_seconds())

    assert waits[:4] == [10, 20, 40, 80]
    assert waits[-1] == 900


def test_the_schedule_waits_until_the_next_try_is_due(jira, tracked):
    jira.fault("503", times=1)
    read()

    tick()
    assert not SyncRun.objects.filter(trigger=Trigger.SCHEDULE).exists()

    JiraConnection.objects.update(next_read_at=timezone.now())
    tick()
    assert SyncRun.objects.filter(trigger=Trigger.SCHEDULE, state=State.WAITING).count() == 1


def test_a_reading_that_works_again_ends_the_failure(jira, tracked):
    jira.fault("503", times=1)
    read()

    jira.move("DEMO-8", "Done")
    run = read()

    connection = JiraConnection.objects.get()
    assert run.state == State.DONE
    assert progress(tracked) == 100
    assert (connection.failure_code, connection.failing_since, connection.failures) == ("", None, 0)
    assert connection.read_at is not None


def test_a_token_sealed_for_another_address_is_not_sent_anywhere(jira, tracked):
    sealed = seal(jira.token, ["https://elsewhere.example", "https://elsewhere.example"])
    JiraConnection.objects.update(sealed_token=sealed)
    jira.forget_calls()

    run = check_nothing_moved(tracked, read)

    assert jira.calls == ()
    assert (run.failure_code, run.connection.suspended) == ("sealed_token", True)


@pytest.mark.editions("cloud")
def test_a_page_token_that_repeats_ends_the_search(jira, tracked):
    jira.fault("repeated-token", path=jira.searches_at)

    run = read()

    assert run.state == State.DONE


def test_pages_without_end_are_a_failure(jira, tracked):
    jira.fault("endless-pages", path=jira.searches_at)

    run = check_nothing_moved(tracked, read)

    assert run.failure_code == "broken_answer"
