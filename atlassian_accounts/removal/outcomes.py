"""Writes how far something is, under the lease of its worker; mirror and log go with it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from atlassian.client import (
    AnonymousAnswer,
    AtlassianError,
    Captcha,
    RateLimited,
    SealError,
    WrongCredentials,
)
from atlassian.explain import facts_of
from atlassian_accounts.client import AccountGone
from atlassian_accounts.explain import WORDS
from atlassian_accounts.models import Account, Outcome, Removal, Verb
from atlassian_accounts.removal import words
from atlassian_accounts.removal.asking import note
from atlassian_accounts.removal.calls import ENDS_AS

OF_THE_CONNECTION = (WrongCredentials, AnonymousAnswer, Captcha, SealError)
"""What refuses every further call as well, as opposed to what refuses this deed."""


class OvertakenError(Exception):
    """The lease went on, or the row is there no more: another worker writes, or none."""


def keep(row: Removal, lease_number: int, **columns: object) -> None:
    """Raises OvertakenError with nothing written."""
    if not row.hold(lease_number, timezone.now(), **columns):
        raise OvertakenError


def wait(row: Removal, lease_number: int, until: datetime, error: AtlassianError) -> None:
    """It is gone on with then; what is told until then is why."""
    told = {"failure_code": error.code, "failure_facts": facts_of(error)}
    keep(row, lease_number, next_at=until, outcome=row.outcome, **told)
    row.ring()


def done(row: Removal, lease_number: int) -> None:
    with transaction.atomic():
        _end(row, lease_number, Outcome.DONE, "", {})
        _mirror(row.account, Verb(row.verb))
        note(row, "done", words.DONE, by=row.by_name)


def failed(row: Removal, lease_number: int, code: str, facts: dict[str, Any]) -> None:
    with transaction.atomic():
        _end(row, lease_number, Outcome.FAILED, code, facts)
        if code == AccountGone.code and row.verb in (Verb.DELETE, Verb.REMOVE):
            row.account.leave(timezone.now())
        why = WORDS.explain(code, facts).sentence
        note(row, "failed", words.TO_DO, by=row.by_name, why=why)


def doubted(row: Removal) -> None:
    note(row, "doubted", words.TO_DO, by=row.by_name)


def note_failure(row: Removal, error: AtlassianError) -> None:
    """The connection learns of what would refuse its readings too."""
    if error.stops_connection and isinstance(error, OF_THE_CONNECTION):
        row.connection.failed(error, timezone.now())
    elif isinstance(error, RateLimited):
        Removal.objects.pause(row.connection_id, error.until)


def _end(row: Removal, lease_number: int, outcome: str, code: str, facts: dict[str, Any]) -> None:
    """Whoever disconnects takes the row away; what was done is in the log all the same."""
    now = timezone.now()
    told = {"failure_code": code, "failure_facts": facts, "next_at": None}
    ended = row.hold(lease_number, now, outcome=outcome, finished_at=now, **told)
    if not ended and Removal.objects.filter(pk=row.pk).exists():
        raise OvertakenError


def _mirror(account: Account, verb: Verb) -> None:
    """Shown at once; the next reading tells the rest."""
    mine = Account.objects.filter(pk=account.pk)
    if verb == Verb.REMOVE:
        mine.update(gone_at=timezone.now())
    else:
        mine.update(status=ENDS_AS[verb])
