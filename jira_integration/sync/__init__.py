"""The sync as a story: plan → fetch → compute → record.

A reading that fails, is cut short or cannot prove who it read as moves no number. One run per
connection holds the lease; a run that lost it, or whose percentages changed under it, records
nothing and is put back into the queue.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from jira_integration.bell import ring
from jira_integration.client import JiraError
from jira_integration.models import JiraConnection, State, SyncRun
from jira_integration.sync.compute import compute
from jira_integration.sync.fetch import CancelledError, fetch
from jira_integration.sync.plan import plan_reads
from jira_integration.sync.record import OvertakenError, record

__all__ = ["run_waiting", "sync"]


def run_waiting(connection_id: int) -> int:
    """Works off the waiting runs of a connection and answers how many.

    None of them where another worker holds the lease: that one will find them.
    """
    lease_number = JiraConnection.objects.claim(connection_id, timezone.now())
    if lease_number is None:
        return 0
    for run in SyncRun.objects.interrupted(connection_id):
        run.again()
    done = 0
    try:
        while JiraConnection.objects.renew(connection_id, lease_number, timezone.now()):
            run = SyncRun.objects.next_waiting(connection_id)
            if run is None:
                break
            if run.start(lease_number, timezone.now()):
                sync(run)
                done += 1
    finally:
        JiraConnection.objects.release(connection_id, lease_number)
    if SyncRun.objects.next_waiting(connection_id):
        ring(connection_id)  # it came between the last look and the release
    return done


def sync(run: SyncRun) -> None:
    """Carries out a started run and writes its outcome; a refusal by Jira is an outcome too."""
    try:
        plan = plan_reads(run)
        found = fetch(plan, run)
        run.changed = record(run, plan, found, compute(plan, found), timezone.now())
    except CancelledError:
        run.finish(State.CANCELLED, timezone.now())
    except OvertakenError:
        run.again()
    except JiraError as error:
        run.finish(State.FAILED, timezone.now(), error)
        run.connection.failed(error, timezone.now())
    else:
        run.finish(State.DONE, timezone.now())
        _note_success(run)


def _note_success(run: SyncRun) -> None:
    if run.reads_jira:
        now, pause = timezone.now(), timedelta(seconds=settings.JIRA_SYNC_SECONDS)
        run.connection.succeeded(now, now + pause, complete=run.key_result_id is None)
