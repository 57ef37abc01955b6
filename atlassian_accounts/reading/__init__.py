"""A reading as a story: prove who we are, then stage by stage, each page with its place.

One reading per connection holds the lease; one that lost it writes nothing more, and whoever takes
over goes on where it stood. A failure ends it, and what was read before stays.
"""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from atlassian.client import AtlassianError, Forbidden, NotFound, QueryRefused
from atlassian_accounts.bell import ring
from atlassian_accounts.models import (
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    Stage,
    State,
)
from atlassian_accounts.proving import Client, client_of, prove
from atlassian_accounts.reading.checked import CancelledError, OvertakenError, under_check
from atlassian_accounts.reading.leases import lease
from atlassian_accounts.reading.stages import READERS

__all__ = ["read_waiting"]

EVERY = timedelta(hours=6)
NOT_NEEDED = (Forbidden, NotFound, QueryRefused)
"""Refusals that leave out their stage; of the accounts themselves none will do."""


def read_waiting(connection_id: int) -> int:
    """Works off the waiting readings of a connection and answers how many.

    None of them where another worker holds the lease: that one will find them.
    """
    if not AccountsSettings.load().enabled:
        return 0
    with lease(connection_id, timezone.now()) as lease_number:
        if lease_number is None:
            return 0
        done = _work_off(connection_id, lease_number)
    if AccountsRead.objects.next_waiting(connection_id, timezone.now()):
        ring(connection_id)  # it came between the last look and the release
    return done


def _work_off(connection_id: int, lease_number: int) -> int:
    done, rows = 0, OrganizationConnection.objects
    AccountsRead.objects.take_over(connection_id, timezone.now())
    while rows.renew(connection_id, lease_number, timezone.now()):
        run = AccountsRead.objects.next_waiting(connection_id, timezone.now())
        if run is None:
            break
        if run.start(lease_number, timezone.now()):
            read(run)
            done += 1
    return done


def read(run: AccountsRead) -> None:
    """Carries out a started reading and writes its outcome; a refusal is an outcome too."""
    if run.connection.suspended:
        run.refuse(timezone.now())
        return
    try:
        with client_of(run.connection) as client:
            prove(run.connection, client)
            _read_on(run, client)
    except CancelledError:
        _conclude(run, State.CANCELLED)
    except OvertakenError:
        AccountsRead.objects.under(run.connection_id, run.lease_number).put_back()
    except AtlassianError as error:
        _conclude(run, State.FAILED, error)
    else:
        _conclude(run, State.DONE)


def _read_on(run: AccountsRead, client: Client) -> None:
    """The stages from the one that the run is in."""
    order = list(Stage)
    while run.stage != Stage.END:
        try:
            READERS[Stage(run.stage)](run, client)
        except NOT_NEEDED as error:
            if run.stage == Stage.ACCOUNTS:
                raise
            run.leave_out(error)
        following = order[order.index(Stage(run.stage)) + 1]
        under_check(run, timezone.now(), partial(run.reach, following))


def _conclude(run: AccountsRead, state: State, error: AtlassianError | None = None) -> None:
    """Writes the outcome, except where the lease went on: then it is another worker's."""
    now = timezone.now()
    with transaction.atomic():
        held = OrganizationConnection.objects.holding(run.connection_id, run.lease_number)
        connection = held.select_for_update().first()
        if connection is None:
            return
        run.finish(state, now, error)
        if error:
            connection.failed(error, now)
        elif state == State.DONE:
            connection.succeeded(now, now + EVERY, complete=True)
