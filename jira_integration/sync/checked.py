"""The check under which a run writes: nothing of what it found goes by other rules than it had."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from django.db import transaction

from jira_integration.calculation import Scale
from jira_integration.models import IntegrationSettings, JiraConnection, SyncRun
from jira_integration.sync.fetch import OvertakenError

BATCH = 500
T = TypeVar("T")


def under_check(run: SyncRun, scale: Scale, write: Callable[[], int]) -> int:
    """In one transaction that still holds the lease and the percentages of the plan.

    Raises OvertakenError, with nothing written, where either is another one by now.
    """
    with transaction.atomic():
        ours = JiraConnection.objects.holding(run.connection_id, run.lease_number)
        same = IntegrationSettings.objects.filter(version=scale.version)
        if not (ours.select_for_update().exists() and same.select_for_update().exists()):
            raise OvertakenError
        return write()


def in_batches(
    run: SyncRun, scale: Scale, rows: Sequence[T], write: Callable[[Sequence[T]], int]
) -> int:
    """Each under the check."""
    done = 0
    for at in range(0, len(rows), BATCH):
        done += under_check(run, scale, partial(write, rows[at : at + BATCH]))
    return done
