"""The sync as a story: plan → fetch → compute → record.

A reading that fails, is cut short or cannot prove who it read as moves no number. One run per
connection holds the lease; a run that lost it, or whose percentages changed under it, records
nothing and is put back into the queue.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jira_integration.bell import ring
from jira_integration.client import JiraError
from jira_integration.into_jira import outbox, sending
from jira_integration.models import JiraConnection, State, SyncRun
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import CancelledError, OvertakenError
from jira_integration.sync.leases import lease
from jira_integration.sync.plan import plan_reads
from jira_integration.sync.record import record
from jira_integration.sync.settle import settle, space_out
from jira_integration.sync.succession import may_read, read
from jira_integration.sync.untold import count_untold

__all__ = ["run_waiting", "sync"]


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
        plan = plan_reads(run)
        space_out(run, plan, timezone.now())
        found = read(plan, run)
        run.untold = count_untold(run, plan, found, timezone.now())
        run.changed = record(run, plan, found, compute(plan, found), timezone.now())
        settle(run, plan, timezone.now())
    except CancelledError:
        _conclude(run, State.CANCELLED)
    except OvertakenError:
        run.again()
    except JiraError as error:
        _conclude(run, State.FAILED, error)
    else:
        _conclude(run, State.DONE, proven=found.proven)
        outbox.after_run(run)


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
        run.finish(state, now, error)
        if error:
            connection.failed(error, now)
        elif proven:
            pause = timedelta(seconds=settings.JIRA_SYNC_SECONDS)
            begun = run.started_at or now
            connection.succeeded(now, begun + pause, complete=run.reads_all)
