"""The check under which a reading writes: it still holds the lease, and nobody asked it to stop."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction

from atlassian_accounts.models import AccountsRead, OrganizationConnection

BATCH = 500
T = TypeVar("T")


class OvertakenError(Exception):
    """The lease went on, so that another worker reads."""


class CancelledError(Exception):
    """A person asked to stop."""


def under_check(run: AccountsRead, now: datetime, write: Callable[[], None]) -> None:
    """Writes rows, and how far the run is with them, in one transaction; the lease is renewed.

    Raises OvertakenError or CancelledError with nothing written.
    """
    with transaction.atomic():
        rows = OrganizationConnection.objects.holding(run.connection_id, run.lease_number)
        if not rows.select_for_update().exists():
            raise OvertakenError
        if AccountsRead.objects.filter(pk=run.pk, cancel_asked=True).exists():
            raise CancelledError
        write()
        run.keep()
    OrganizationConnection.objects.renew(run.connection_id, run.lease_number, now)


def batches(rows: Iterable[T]) -> Iterable[list[T]]:
    """A database takes only so many values in one statement."""
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some
