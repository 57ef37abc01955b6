"""Carries out what was asked of one account: one call to Atlassian, whoever and however many try.

A worker claims the row by counting. Before the call the row is marked as sent, by itself: whatever
happens then, nothing is sent a second time, and `looking` finds out what became of it.
"""

from datetime import timedelta

from django.utils import timezone

from atlassian.client import (
    AnonymousAnswer,
    AtlassianError,
    BrokenAnswer,
    RateLimited,
    StrangeServer,
    TimedOut,
    Unavailable,
)
from atlassian.explain import facts_of
from atlassian_accounts.models import Outcome, Removal
from atlassian_accounts.proving import client_of, prove
from atlassian_accounts.removal.calls import planned
from atlassian_accounts.removal.hindrances import hindrance
from atlassian_accounts.removal.looking import look
from atlassian_accounts.removal.outcomes import (
    OvertakenError,
    done,
    doubted,
    failed,
    keep,
    note_failure,
    wait,
)

STARTED_AT_MOST = 3
PAUSE = timedelta(seconds=30)
AGAIN = "Ask for it once more"
DOUBTFUL = (TimedOut, Unavailable, BrokenAnswer, StrangeServer, AnonymousAnswer)
"""After these nobody knows whether Atlassian did what it was sent."""


def carry_out(pk: int) -> None:
    """Nothing where another worker is at it, or it is over."""
    now = timezone.now()
    number = Removal.objects.due(now).claim(pk, now)
    if number is None:
        return
    row = Removal.objects.select_related("connection", "account__connection", "by").get(pk=pk)
    try:
        (look if row.outcome == Outcome.SENT else _start)(row, number)
    except OvertakenError:
        pass
    finally:
        Removal.objects.release(pk, number)


def _start(row: Removal, lease_number: int) -> None:
    if hindered := hindrance(row):
        failed(row, lease_number, *hindered)
    elif row.starts >= STARTED_AT_MOST:
        failed(row, lease_number, "tried_thrice", {})
    else:
        keep(row, lease_number, starts=row.starts + 1)
        _send(row, lease_number)


def _send(row: Removal, lease_number: int) -> None:
    made = 0
    try:
        with client_of(row.connection) as client:
            prove(row.connection, client)
            for call in planned(client, row):
                keep(row, lease_number, outcome=Outcome.SENT, sent_at=timezone.now())
                call()
                made += 1
    except AtlassianError as error:
        _refused(row, lease_number, error, made)
    else:
        done(row, lease_number)


def _refused(row: Removal, lease_number: int, error: AtlassianError, made: int) -> None:
    note_failure(row, error)
    if row.outcome == Outcome.SENT and (made or _is_doubtful(error)):
        doubted(row)
        look(row, lease_number)
    elif isinstance(error, RateLimited):
        starts = max(row.starts - 1, 0)  # that one was for nothing
        keep(row, lease_number, outcome=Outcome.WAITING, starts=starts, sent_at=None)
        wait(row, lease_number, error.until, error)
    elif error.retry and row.starts < STARTED_AT_MOST:
        keep(row, lease_number, outcome=Outcome.WAITING, sent_at=None)
        wait(row, lease_number, timezone.now() + PAUSE * row.starts, error)
    else:
        failed(row, lease_number, error.code, facts_of(error) | {"again": AGAIN})


def _is_doubtful(error: AtlassianError) -> bool:
    never_left = isinstance(error, TimedOut) and not error.connected
    return isinstance(error, DOUBTFUL) and not never_left
