"""Two workers, dead workers, lost rings: nothing is lost and nothing is done twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connection as database
from django.test import override_settings
from django.utils import timezone

from jira_integration import sync
from jira_integration.models import (
    JiraConnection,
    State,
    SyncRun,
    Trigger,
)
from jira_integration.sync import leases
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import OvertakenError, fetch
from jira_integration.sync.mirror import mirror
from jira_integration.sync.plan import plan_reads
from jira_integration.sync.record import record
from jira_integration.tasks import tick
from okr.models import Measurement
from tests.cast import make_key_result
from tests.jira_integration.stage import (
    connect,
    let_the_lease_run_out,
    link,
    meanwhile,
    progress,
    read,
    started,
)


def test_who_comes_second_leaves_the_work_to_the_first(connection, linked):
    run = started()
    SyncRun.objects.ask(connection, Trigger.SCHEDULE)

    assert sync.run_waiting(connection.pk) == 0

    run.refresh_from_db()
    assert run.state == State.RUNNING


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_the_work_once(jira, connection, linked):
    jira.move("DEMO-8", "Done")
    jira.fault("slow", seconds=0.3, times=1)
    SyncRun.objects.ask(connection, Trigger.HAND)
    before = Measurement.objects.count()
    barrier, done = threading.Barrier(2), []

    def work() -> None:
        barrier.wait()
        done.append(sync.run_waiting(connection.pk))
        database.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert sorted(done) == [0, 1]
    assert Measurement.objects.count() == before + 1
    assert progress(linked) == 50


def test_a_dead_workers_run_is_taken_over_when_its_lease_has_run_out(jira, connection, linked):
    dead = started()
    jira.move("DEMO-8", "Done")

    assert sync.run_waiting(connection.pk) == 0
    let_the_lease_run_out()
    assert SyncRun.objects.unserved(timezone.now()).get() == dead
    assert sync.run_waiting(connection.pk) == 1

    dead.refresh_from_db()
    assert dead.state == State.DONE
    assert progress(linked) == 50


def test_a_worker_that_comes_back_too_late_commits_nothing(jira, connection, linked):
    late = started()
    jira.move("DEMO-8", "Done")
    plan = plan_reads(late)
    found = fetch(plan, late)
    jira.move("DEMO-8", "To Do")
    let_the_lease_run_out()
    sync.run_waiting(connection.pk)
    assert progress(linked) == 0

    with pytest.raises(OvertakenError):
        mirror(late, plan, found, timezone.now())

    assert progress(linked) == 0


def test_a_late_verdict_does_not_touch_what_the_new_worker_found(jira, connection, linked):
    late = started()
    let_the_lease_run_out()
    jira.fault("401")
    assert JiraConnection.objects.claim(connection.pk, timezone.now()) is not None
    sync.sync(late)

    connection.refresh_from_db()
    late.refresh_from_db()
    assert (connection.failure_code, connection.suspended) == ("", False)
    assert late.state in (State.RUNNING, State.WAITING)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_stopped_gives_its_lease_back_in_the_middle_of_a_call(
    jira, connection, linked
):
    """Jira hangs, the worker has to go: who starts next reads at once, and once."""
    jira.move("DEMO-8", "Done")
    meanwhile(jira, "bulkfetch", leases.give_back)

    run = read()

    connection.refresh_from_db()
    assert (run.state, run.starts, connection.leased_until) == (State.WAITING, 0, None)
    assert progress(linked) == 25
    assert sync.run_waiting(connection.pk) == 1
    assert progress(linked) == 50


@pytest.mark.parametrize("fault", ["401", "reset", "500", "invalid-json"])
def test_a_lease_ends_with_its_work_however_that_ends(jira, connection, linked, fault):
    jira.fault(fault)

    read()

    connection.refresh_from_db()
    assert connection.leased_until is None


def test_a_lease_ends_when_the_work_breaks_off(connection, linked):
    def break_off() -> None:
        with leases.lease(connection.pk, timezone.now()) as number:
            assert number is not None
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    connection.refresh_from_db()
    assert connection.leased_until is None


def test_a_lease_that_another_worker_has_by_now_is_not_given_back(connection, linked):
    with leases.lease(connection.pk, timezone.now()):
        let_the_lease_run_out()
        JiraConnection.objects.claim(connection.pk, timezone.now())
        leases.give_back()

    connection.refresh_from_db()
    assert connection.leased_until is not None


@pytest.mark.django_db(transaction=True)
def test_new_credentials_outlive_the_verdict_on_the_old_ones(jira, connection, linked):
    """An admin connects again while a run with the old token is on its way to a 401."""
    meanwhile(jira, "myself", lambda: connect(jira, pk=connection.pk), then=401)

    run = read()

    connection.refresh_from_db()
    assert (connection.suspended, connection.failure_code) == (False, "")
    assert run.state == State.RUNNING
    sync.run_waiting(connection.pk)
    run.refresh_from_db()
    assert run.state == State.DONE


def test_a_crash_between_two_batches_is_repaired_by_the_next_run(jira, connection, key_result):
    """Half of what was found is written, then the worker dies."""
    others = [make_key_result(key_result.objective, title=f"Part {n}") for n in range(3)]
    for each in others:
        link(each, "DEMO-8")
    read()
    jira.move("DEMO-8", "Done")
    dead = started()
    plan = plan_reads(dead)
    found = fetch(plan, dead)
    mirror(dead, plan, found, timezone.now())
    [outcomes] = compute(plan, found)
    record(dead, plan, outcomes[:1], timezone.now())
    assert sorted(float(progress(each) or 0) for each in others) == [50, 50, 100]

    let_the_lease_run_out()
    tick()
    sync.run_waiting(connection.pk)

    assert [progress(each) for each in others] == [100, 100, 100]
    for each in others:
        assert each.measurements.get(progress=100).why["finished"]["number"] == 1


def test_a_run_that_kills_three_workers_is_given_up(connection, linked):
    run = started()
    for _ in range(3):
        let_the_lease_run_out()
        lease = JiraConnection.objects.claim(connection.pk, timezone.now())
        assert lease is not None
        SyncRun.objects.take_over(connection.pk, timezone.now())
        run.refresh_from_db()
        if run.state == State.WAITING:
            run.start(lease, timezone.now())

    assert (run.state, run.starts) == (State.FAILED, 3)
    assert "given up" in str(run.failure)
    let_the_lease_run_out()
    assert read().state == State.DONE


def test_a_cancelled_run_that_waits_never_begins(jira, connection, linked):
    run = SyncRun.objects.ask(connection, Trigger.HAND)
    jira.forget_calls()

    run.cancel()
    sync.run_waiting(connection.pk)

    run.refresh_from_db()
    assert run.state == State.CANCELLED
    assert jira.calls == ()


def test_a_run_cancelled_under_way_stops_and_moves_nothing(jira, connection, linked):
    jira.move("DEMO-8", "Done")
    run = started()
    run.cancel()
    jira.forget_calls()

    sync.sync(run)

    run.refresh_from_db()
    assert run.state == State.CANCELLED
    assert jira.calls == ()
    assert progress(linked) == 25


def test_what_a_person_waits_for_goes_before_the_schedule(connection, linked):
    SyncRun.objects.all().delete()
    scheduled = SyncRun.objects.ask(connection, Trigger.SCHEDULE)
    asked = SyncRun.objects.ask(connection, Trigger.HAND)

    sync.run_waiting(connection.pk)

    assert list(SyncRun.objects.order_by("started_at")) == [asked, scheduled]


def test_asking_twice_makes_one_run(connection, linked):
    first = SyncRun.objects.ask(connection, Trigger.HAND)

    assert SyncRun.objects.ask(connection, Trigger.HAND) == first


def test_the_schedule_asks_once_for_what_is_due(connection, linked):
    JiraConnection.objects.update(next_read_at=None)

    tick()
    tick()

    assert SyncRun.objects.filter(trigger=Trigger.SCHEDULE).count() == 1


def test_a_lost_ring_costs_a_tick_and_nothing_else(jira, connection, linked):
    """The queue is gone: linking works, and the schedule finds the run."""
    with override_settings(CELERY_BROKER_URL="redis://127.0.0.1:1/0"):
        link(linked, "DEMO-1")

    assert SyncRun.objects.unserved(timezone.now()).exists()
    sync.run_waiting(connection.pk)
    assert progress(linked) == 50


def test_uneventful_runs_of_the_schedule_are_swept(connection, linked):
    run = read(trigger=Trigger.SCHEDULE)
    SyncRun.objects.filter(pk=run.pk).update(finished_at=timezone.now() - timedelta(hours=2))

    tick()

    assert not SyncRun.objects.filter(pk=run.pk).exists()
