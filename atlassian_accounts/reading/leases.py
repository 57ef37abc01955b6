"""The leases that this program holds: each ends with its work, and all at once on a soft stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from atlassian_accounts.models import AccountsRead, OrganizationConnection

_held: dict[int, int] = {}  # the fencing number by connection


@contextmanager
def lease(connection_id: int, now: datetime) -> Iterator[int | None]:
    """Its fencing number while the block lasts; None if another worker holds it."""
    number = OrganizationConnection.objects.claim(connection_id, now)
    if number is None:
        yield None
        return
    _held[connection_id] = number
    try:
        yield number
    finally:
        _held.pop(connection_id, None)
        OrganizationConnection.objects.release(connection_id, number)


def give_back() -> None:
    """Ends every lease of ours, mid-call if need be: whoever starts next goes on."""
    for connection_id, number in list(_held.items()):
        if OrganizationConnection.objects.withdraw(connection_id, number):
            AccountsRead.objects.under(connection_id, number).put_back()
