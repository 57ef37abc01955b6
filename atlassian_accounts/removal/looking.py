"""Finds out what became of something that was sent, by reading the account again: it is never sent
a second time.

Atlassian's lists may lag behind, so that one look that sees no change is no proof of none.
"""

from datetime import timedelta

from django.utils import timezone

from atlassian.client import AtlassianError, RateLimited
from atlassian_accounts.client import Profile
from atlassian_accounts.models import Removal
from atlassian_accounts.proving import client_of, prove
from atlassian_accounts.removal.calls import is_heeded
from atlassian_accounts.removal.outcomes import done, failed, keep, note_failure, wait

AGAIN_AFTER = tuple(timedelta(minutes=each) for each in (1, 5, 15))
LATER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(days=1)


def look(row: Removal, lease_number: int) -> None:
    try:
        profile = _read(row)
    except AtlassianError as error:
        _not_seen(row, lease_number, error)
        return
    if is_heeded(row, profile):
        done(row, lease_number)
    elif row.looks < len(AGAIN_AFTER):
        pause = timezone.now() + AGAIN_AFTER[row.looks]
        keep(row, lease_number, looks=row.looks + 1, next_at=pause)
        row.ring()
    else:
        failed(row, lease_number, "not_heeded", {})


def _read(row: Removal) -> Profile | None:
    with client_of(row.connection) as client:
        prove(row.connection, client)
        return client.account(row.account.account_id)


def _not_seen(row: Removal, lease_number: int, error: AtlassianError) -> None:
    """Of what nobody can look at for a day, nobody will know."""
    now = timezone.now()
    note_failure(row, error)
    if row.sent_at and now - row.sent_at > GIVEN_UP_AFTER:
        failed(row, lease_number, "never_told", {})
    else:
        told = error.until if isinstance(error, RateLimited) else now + LATER
        wait(row, lease_number, told, error)
