"""The sync as a story: plan → fetch → mirror → compute → record.

A reading that fails, is cut short or cannot prove who it read as moves no number. One run per
connection holds the lease; a run that lost it, or whose percentages changed under it, records
nothing and is put back into the queue. A run that tells the past goes the same way: `history`.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jira_integration.bell import ring
from jira_integration.client import JiraError, RateLimited, Unavailable
from jira_integration.into_jira import outbox, sending
from jira_integration.models import JiraConnection, State, SyncRun
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import CancelledError, OvertakenError
from jira_integration.sync.history import retell
from jira_integration.sync.leases import lease
from jira_integration.sync.mirror import mirror
from jira_integration.sync.plan import plan_reads
from jira_integration.sync.record import record
from jira_integration.sync.saying import say
from jira_integration.sync.settle import settle, space_out
from jira_integration.sync.succession import may_read, read
from jira_integration.sync.untold import count_untold

__all__ = ["run_waiting", "sync"]

PAUSE = timedelta(minutes=1)


def run_waiting(connection_id: int) -> int:
    """Works off the waiting runs of a connection and answers how many.

    None of them where another worker holds the lease: that one will find them.
    """
    with lease(connection_id, timezone.now()) as lease_number:
        if lease_number is None:
            return 0
        done = _work_off(connection_id, lease_number)
    if SyncRun.objects.next_waiting(connection_id, timezone.now()):
        ring(connection_id)  # it came between the last look and the release
    return done


def _work_off(connection_id: int, lease_number: int) -> int:
    done = 0
    SyncRun.objects.take_over(connection_id, timezone.now())
    while JiraConnection.objects.renew(connection_id, lease_number, timezone.now()):
        run = SyncRun.objects.next_waiting(connection_id, timezone.now())
        if run is None:
            break
        if run.start(lease_number, timezone.now()):
            sync(run)
            say(run)
            done += 1
    return done


def sync(run: SyncRun) -> None:
    """Carries out a started run and writes its outcome; a refusal by Jira is an outcome too."""
    if (run.reads_jira or run.writes) and not may_read(run, timezone.now()):
        run.refuse(timezone.now())
        return
    if run.writes:
        sending.carry_out(run)
        return
    try:
        proven = retell(run) if run.tells_the_past else _read(run)
    except CancelledError:
        _conclude(run, State.CANCELLED)
    except OvertakenError:
        run.again()
    except JiraError as error:
        _conclude(run, State.FAILED, error)
    else:
        _conclude(run, State.DONE, proven=proven)
        outbox.after_run(run)


def _read(run: SyncRun) -> bool:
    """Whether Jira was asked, and proved who it answered."""
    plan = plan_reads(run)
    space_out(run, plan, timezone.now())
    found = read(plan, run)
    now = timezone.now()
    run.untold = count_untold(run, found, now)
    mirror(run, plan, found, now)
    run.changed = sum(record(run, plan, outcomes, now) for outcomes in compute(plan, found))
    settle(run, plan, timezone.now())
    return found.proven


def _conclude(
    run: SyncRun, state: State, error: JiraError | None = None, *, proven: bool = False
) -> None:
    """Writes the outcome, except where the lease went on: then the run is another worker's."""
    now = timezone.now()
    with transaction.atomic():
        held = JiraConnection.objects.holding(run.connection_id, run.lease_number)
        connection = held.select_for_update().first()
        if connection is None:
            return
        if not (error and _waits(run, error, now)):
            run.finish(state, now, error)
        if error:
            _tell(connection, run, error, now)
        elif proven:
            pause = timedelta(seconds=settings.JIRA_SYNC_SECONDS)
            begun = run.started_at or now
            connection.succeeded(now, begun + pause, complete=run.reads_all)


def _waits(run: SyncRun, error: JiraError, now: datetime) -> bool:
    """Nobody asks for the past again by themselves, so that a passing failure is waited out."""
    told = error.until if isinstance(error, RateLimited | Unavailable) else None
    return run.tells_the_past and error.retry and run.wait(told or now + PAUSE)


def _tell(connection: JiraConnection, run: SyncRun, error: JiraError, now: datetime) -> None:
    """A past that cannot be read keeps no reading of the present waiting."""
    if not run.tells_the_past or error.stops_connection or isinstance(error, RateLimited):
        connection.failed(error, now)
