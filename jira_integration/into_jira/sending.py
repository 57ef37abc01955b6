"""A run that writes: what issues show of key results is brought up to date, a few lines at a time.

It holds the lease of the site like every run, and lets readings go first after each few lines. What
it does is safe to repeat. Nothing that fails here touches a number, or the health of the readings.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from jira_integration.client import (
    AnonymousAnswer,
    Forbidden,
    JiraClient,
    JiraError,
    NotFound,
    QueryRefused,
    RateLimited,
    Unavailable,
    WrongCredentials,
)
from jira_integration.explain import facts_of
from jira_integration.into_jira import outbox
from jira_integration.into_jira.signs import Sign, signs
from jira_integration.models import JiraConnection, JiraWriting, ShownKeyResult, State, SyncRun
from jira_integration.sync.fetch import CancelledError, OvertakenError

A_RUN = 50
"""Lines: then whatever reading waits goes first."""
PER_ISSUE = "jira-per-issue-on-write"
WRITE_REFUSED = "write_refused"
OF_A_LINE = {
    Forbidden.code: "link_forbidden",
    NotFound.code: "link_lost",
    QueryRefused.code: "link_refused",
}


def carry_out(run: SyncRun) -> None:
    """Writes what is due and the run's outcome."""
    writing = JiraWriting.objects.select_related("connection").get(connection=run.connection_id)
    try:
        _write_all(run, writing)
    except CancelledError:
        _conclude(run, State.CANCELLED)
    except OvertakenError:
        run.again()
    except JiraError as error:
        _conclude(run, State.FAILED, error)
    else:
        writing.recover()
        _conclude(run, State.DONE)
        outbox.ask(writing, timezone.now())


def _write_all(run: SyncRun, writing: JiraWriting) -> None:
    rows = list(ShownKeyResult.objects.ready(run.connection_id, timezone.now())[:A_RUN])
    run.planned = len(rows)
    if not (rows and writing.may_write(timezone.now())):
        return
    with run.connection.client() as client:
        _prove_identity(client, run)
        for number, row in enumerate(rows):
            _watch(run, number, client)
            _write_one(client, row, writing)
        _watch(run, len(rows), client)


def _prove_identity(client: JiraClient, run: SyncRun) -> None:
    """Refused here, the account is refused for every reading too."""
    connection = run.connection
    try:
        if client.myself().id != connection.account_id:
            raise AnonymousAnswer(host=connection.host, email=connection.email)
    except JiraError as error:
        _tell_connection(run, error)
        raise


def _write_one(client: JiraClient, row: ShownKeyResult, writing: JiraWriting) -> None:
    now = timezone.now()
    try:
        _bring_up_to_date(client, row, now)
    except RateLimited as error:
        if PER_ISSUE not in error.detail:
            writing.failed(error, now, error.until)
            raise
        row.put_off(error.until)
    except (Forbidden, NotFound, QueryRefused) as error:
        row.refuse(OF_A_LINE[error.code], facts_of(error) | {"key": row.issue.key}, now)
    except WrongCredentials as error:
        writing.halt(WRITE_REFUSED, facts_of(error), now)
        raise
    except JiraError as error:
        writing.failed(error, now, error.until if isinstance(error, Unavailable) else None)
        raise


def _bring_up_to_date(client: JiraClient, row: ShownKeyResult, now: datetime) -> None:
    """The newest state, whichever made it due; asked at this very moment, for an objective may
    have become confidential since."""
    sign = _sign_for(row)
    if sign and sign.sent == row.sent and not row.failure_code:
        row.settle()
        return
    if pause := ShownKeyResult.objects.pause_of(row.issue_id, now):
        row.put_off(now + pause)
        return
    row.try_at(now)
    if sign:
        client.keep_remote_link(row.issue.jira_id, sign.link(row.global_id))
        row.was_sent(sign.sent, timezone.now())
    else:
        client.remove_remote_link(row.issue.jira_id, row.global_id)
        row.delete()


def _sign_for(row: ShownKeyResult) -> Sign | None:
    if row.key_result_id is None:
        return None
    on = JiraWriting.objects.filter(connection=row.connection_id, shows_key_results=True)
    if not on.exists():
        return None
    found = signs(row.connection, [row.key_result_id])
    return found.get((row.issue_id, row.key_result_id))


def _watch(run: SyncRun, written: int, client: JiraClient) -> None:
    if not JiraConnection.objects.renew(run.connection_id, run.lease_number, timezone.now()):
        raise OvertakenError
    if not run.advance(written, client.calls):
        raise CancelledError


def _tell_connection(run: SyncRun, error: JiraError) -> None:
    with transaction.atomic():
        held = JiraConnection.objects.holding(run.connection_id, run.lease_number)
        if connection := held.select_for_update().first():
            connection.failed(error, timezone.now())


def _conclude(run: SyncRun, state: State, error: JiraError | None = None) -> None:
    """Unless the lease went on: then the run is another worker's."""
    held = JiraConnection.objects.holding(run.connection_id, run.lease_number)
    if held.exists():
        run.finish(state, timezone.now(), error)
