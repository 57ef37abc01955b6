"""Issues show the key results that they count for: always the newest state, and nothing secret."""

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
from okr.models import Approval, Closure, Level, Readers, Visibility
from tests.cast import adopt, make_key_result, make_objective
from tests.jira_integration.stage import connect, link, read

BOTH = pytest.mark.editions("cloud", "data center")


@pytest.fixture
def writing(connection) -> JiraWriting:
    """Switched on, with nothing linked yet."""
    writing = JiraWriting.objects.of(connection)
    writing.switch("shows_key_results", on=True)
    return writing


def bring_up_to_date() -> None:
    """What the schedule and the worker do within a minute, without the breaks between writes."""
    JiraWriting.objects.update(compared_at=None)
    ShownKeyResult.objects.filter(failure_code="").update(not_before=None)
    outbox.tick(timezone.now())
    for connection in JiraConnection.objects.all():
        sync.run_waiting(connection.pk)


def titles(jira, key: str) -> list[str]:
    return [each.title for each in jira.remote_links(key)]


def last_write() -> SyncRun:
    found = SyncRun.objects.filter(trigger=Trigger.WRITE).first()
    assert found
    return found


@BOTH
def test_a_linked_issue_shows_its_key_result_and_follows_it(jira, writing, key_result, settings):
    settings.PUBLIC_ADDRESS = "https://okr.example"
    link(key_result, "DEMO-8")
    read()
    assert titles(jira, "DEMO-8") == ["Key result: Clinics set up by themselves – 50%"]
    (shown,) = jira.remote_links("DEMO-8")
    assert shown.url == f"https://okr.example/key-results/{key_result.pk}/"
    assert shown.relationship == "counts for"
    assert not shown.resolved

    jira.move("DEMO-8", "Done")
    read()
    bring_up_to_date()

    assert titles(jira, "DEMO-8") == ["Key result: Clinics set up by themselves – 100%"]


def test_nothing_is_written_where_nobody_switched_it_on(jira, connection, key_result):
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()

    assert jira.remote_links("DEMO-8") == []
    assert not SyncRun.objects.filter(trigger=Trigger.WRITE).exists()


def test_issues_that_only_a_search_finds_show_nothing(jira, writing, key_result):
    link(key_result, jql="project = DEMO")
    read()
    bring_up_to_date()

    assert not any(jira.remote_links(issue.key) for issue in jira.issues("DEMO"))


@BOTH
def test_a_removed_link_and_a_deleted_key_result_leave_nothing_behind(jira, writing, key_result):
    other = make_key_result(key_result.objective, title="Fewer calls")
    (first,) = link(key_result, "DEMO-8")
    link(other, "DEMO-8", "DEMO-10")
    read()
    bring_up_to_date()
    assert len(titles(jira, "DEMO-8")) == 2

    first.remove(by=key_result.owner)
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == ["Key result: Fewer calls – 25%"]

    other.remove()
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == titles(jira, "DEMO-10") == []
    assert not ShownKeyResult.objects.exists()


def test_switching_it_off_removes_everything(jira, writing, key_result):
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    bring_up_to_date()

    writing.switch("shows_key_results", on=False)
    bring_up_to_date()

    assert titles(jira, "DEMO-8") == titles(jira, "DEMO-10") == []


def test_a_new_title_is_written_and_a_closed_objective_is_struck_through(jira, writing, key_result):
    link(key_result, "DEMO-8")
    read()
    key_result.refresh_from_db()
    key_result.title = "Clinics start alone"
    key_result.keep()
    Closure.objects.close(
        key_result.objective,
        by=key_result.owner,
        at=timezone.now(),
        score="0.7",
        outcome="close",
        retrospective="Enough.",
    )
    bring_up_to_date()

    (shown,) = jira.remote_links("DEMO-8")
    assert shown.title == "Key result: Clinics start alone – 50%"
    assert shown.resolved


@pytest.mark.parametrize(
    "secret",
    [
        {"visibility": Visibility.CONFIDENTIAL},
        {"approval": Approval.DRAFT},
        {"level": Level.INDIVIDUAL},
    ],
)
def test_what_not_everybody_may_read_is_taken_out_of_jira(jira, writing, key_result, secret):
    key_result.objective.level = Level.COMPANY
    key_result.objective.keep()
    adopt(individual_readers=Readers.LINE)
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()
    assert titles(jira, "DEMO-8")

    type(key_result.objective).objects.update(**secret)
    bring_up_to_date()

    assert titles(jira, "DEMO-8") == []
    assert not ShownKeyResult.objects.exists()


def test_what_became_confidential_after_it_was_due_is_never_sent(jira, writing, key_result):
    link(key_result, "DEMO-8")
    outbox.line_up(writing, timezone.now())
    assert ShownKeyResult.objects.get().is_due
    type(key_result.objective).objects.update(visibility=Visibility.CONFIDENTIAL)

    outbox.ask(writing, timezone.now())
    sync.run_waiting(writing.connection_id)

    assert jira.remote_links("DEMO-8") == []
    assert not any("remotelink" in call.path and call.method == "POST" for call in jira.calls)


def test_many_moves_are_one_write(jira, writing, key_result):
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()
    jira.forget_calls()

    for status in ("Done", "In Progress", "To Do", "Done"):
        jira.move("DEMO-8", status)
        read()
    bring_up_to_date()

    posts = [each for each in jira.calls if each.path.endswith("/remotelink")]
    assert len(posts) == 1
    assert titles(jira, "DEMO-8") == ["Key result: Clinics set up by themselves – 100%"]


def test_what_jira_shows_already_is_not_written_again(jira, writing, key_result):
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()
    jira.forget_calls()

    ShownKeyResult.objects.update(is_due=True)
    bring_up_to_date()

    assert not any("remotelink" in call.path for call in jira.calls)
    assert not ShownKeyResult.objects.get().is_due


@BOTH
def test_a_project_that_refuses_spoils_its_own_line_alone(jira, writing, key_result):
    jira.withhold("LINK_ISSUES", "DEMO")
    operations = jira.create("OPS", "Move the phones")
    link(key_result, "DEMO-8", operations.key)
    read()

    row = ShownKeyResult.objects.exclude(failure_code="").get()
    assert row.failure
    assert "may not link issues in the project of DEMO-8" in row.failure.sentence
    assert titles(jira, operations.key)
    assert last_write().state == State.DONE
    key_result.refresh_from_db()
    assert key_result.progress == 25
    assert not JiraConnection.objects.get().failure_code

    jira.site.outside.withheld.clear()
    ShownKeyResult.objects.try_again(writing.connection_id)
    bring_up_to_date()
    assert titles(jira, "DEMO-8")


def test_a_deleted_issue_is_said_and_its_line_goes_with_the_link(jira, writing, key_result):
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
def test_an_outage_waits_and_is_made_up_for(jira, writing, key_result):
    link(key_result, "DEMO-8")
    jira.fault("503", path="*/remotelink", times=1)
    read()

    writing.refresh_from_db()
    assert (writing.failure_code, titles(jira, "DEMO-8")) == ("unavailable", [])
    assert writing.waits_until
    assert writing.waits_until > timezone.now()
    assert last_write().state == State.FAILED
    assert not JiraConnection.objects.get().failure_code

    JiraWriting.objects.update(waits_until=timezone.now() - timedelta(seconds=1))
    bring_up_to_date()
    writing.refresh_from_db()
    assert titles(jira, "DEMO-8")
    assert (writing.failure_code, writing.waits_until) == ("", None)


@BOTH
def test_an_answer_that_got_lost_leaves_one_line(jira, writing, key_result):
    link(key_result, "DEMO-8")
    jira.fault("reset", path="*/remotelink", method="POST", times=1)
    read()
    JiraWriting.objects.update(waits_until=None)
    bring_up_to_date()

    assert len(titles(jira, "DEMO-8")) == 1


def test_a_slow_down_for_one_issue_waits_for_that_issue(jira, writing, key_result):
    jira.fault("429", path="*/remotelink", times=1, reason="jira-per-issue-on-write")
    link(key_result, "DEMO-8", "DEMO-10")
    read()

    assert ShownKeyResult.objects.filter(not_before__gt=timezone.now(), is_due=True).count() == 1
    assert last_write().state == State.DONE
    bring_up_to_date()
    assert titles(jira, "DEMO-8")
    assert titles(jira, "DEMO-10")


def test_a_slow_down_for_all_is_kept_to_the_second(jira, writing, key_result):
    jira.fault("429", path="*/remotelink", times=1, retry_after="120", reason="jira-burst-based")
    link(key_result, "DEMO-8", "DEMO-10")
    read()

    writing.refresh_from_db()
    assert writing.waits_until
    assert writing.waits_until - timezone.now() > timedelta(seconds=110)
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == titles(jira, "DEMO-10") == []


def test_an_issue_of_many_key_results_is_written_to_within_jiras_limits(jira, writing, key_result):
    for number in range(24):
        link(make_key_result(key_result.objective, title=f"Part {number}"), "DEMO-8")
    read()
    JiraWriting.objects.update(compared_at=None)
    tick()
    sync.run_waiting(writing.connection_id)

    assert len(titles(jira, "DEMO-8")) == 10
    assert not any(call.status == 429 for call in jira.calls)
    assert ShownKeyResult.objects.filter(is_due=True, not_before__gt=timezone.now()).count() == 14


def test_a_token_that_may_only_read_halts_the_writing_and_nothing_else(
    jira, db, key_result, settings
):
    settings.JIRA_GATEWAY = jira.url
    connection = connect(jira, jira.scoped_token)
    IntegrationSettings.load().turn_on()
    writing = JiraWriting.objects.of(connection)
    writing.switch("shows_key_results", on=True)
    link(key_result, "DEMO-8")
    read()

    writing.refresh_from_db()
    assert writing.is_halted
    assert writing.failure
    assert "write:jira-work" in writing.failure.sentence
    key_result.refresh_from_db()
    assert key_result.progress == 50
    assert not JiraConnection.objects.get().suspended
    runs = SyncRun.objects.filter(trigger=Trigger.WRITE).count()
    bring_up_to_date()
    assert SyncRun.objects.filter(trigger=Trigger.WRITE).count() == runs

    JiraConnection.objects.update(token_saved_at=timezone.now())
    writing = JiraWriting.objects.get()
    assert not writing.is_halted


def test_an_expired_token_suspends_the_site_before_anything_is_written(jira, writing, key_result):
    link(key_result, "DEMO-8")
    read()
    jira.move("DEMO-8", "Done")
    read()
    jira.fault("anonymous")
    bring_up_to_date()

    assert JiraConnection.objects.get().suspended
    assert ShownKeyResult.objects.get().is_due


def test_a_run_that_lost_its_lease_is_put_back(jira, writing, key_result):
    link(key_result, "DEMO-8")
    outbox.line_up(writing, timezone.now())
    outbox.ask(writing, timezone.now())
    run = last_write()
    lease = JiraConnection.objects.claim(writing.connection_id, timezone.now())
    assert lease
    assert run.start(lease, timezone.now())
    JiraConnection.objects.withdraw(writing.connection_id, lease)

    sync.sync(run)

    run.refresh_from_db()
    assert run.state == State.WAITING
    assert jira.remote_links("DEMO-8") == []


def test_while_all_updates_are_off_jira_stays_as_it_is(jira, writing, key_result):
    link(key_result, "DEMO-8")
    read()
    bring_up_to_date()
    IntegrationSettings.load().turn_off()
    key_result.refresh_from_db()
    key_result.title = "Another"
    key_result.keep()
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == ["Key result: Clinics set up by themselves – 50%"]

    writing.refresh_from_db()
    writing.switch("shows_key_results", on=False)
    bring_up_to_date()
    assert titles(jira, "DEMO-8") == []


def test_comparing_costs_the_same_for_3_and_for_60_lines(
    jira, writing, key_result, django_assert_max_num_queries
):
    for number in range(60):
        link(make_key_result(key_result.objective, title=f"Part {number}"), "DEMO-8")
    with django_assert_max_num_queries(12):
        outbox.line_up(writing, timezone.now())
    assert ShownKeyResult.objects.count() == 60
    assert make_objective(key_result.owner, key_result.objective.cycle).pk
