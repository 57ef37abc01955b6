"""A run that meets the end of the credentials goes on with those that were put in place for that.

Only a refusal is an end: 401 to the question who we are. A CAPTCHA, a missing right and a site that
is away are none, and another token would not mend them.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.utils import timezone

from jira_integration.client import AnonymousAnswer, JiraError, WrongCredentials
from jira_integration.expiring import tell_of_succession
from jira_integration.models import Cause, JiraConnection, Successor, SyncRun
from jira_integration.sync.fetch import fetch
from jira_integration.sync.found import Found
from jira_integration.sync.planned import Plan

T = TypeVar("T")


def may_read(run: SyncRun, now: datetime) -> bool:
    """Whether there are credentials to read with; takes over first where the day has come, or where
    those in use were refused before a successor was there."""
    successor, connection = Successor.objects.of(run.connection), run.connection
    if successor and connection.suspended and connection.failure_code == WrongCredentials.code:
        return _take_over(run, successor, Cause.REFUSED)
    if successor and _is_due(successor, now):
        _take_over(run, successor, Cause.DUE)
    return not run.connection.suspended


def read(plan: Plan, run: SyncRun) -> Found:
    return by_whom_it_takes(run, lambda: fetch(plan, run))


def by_whom_it_takes(run: SyncRun, ask: Callable[[], T]) -> T:
    """Where Jira refuses what was in use, once more from the beginning, as the successor."""
    try:
        return ask()
    except (WrongCredentials, AnonymousAnswer) as error:
        successor = Successor.objects.of(run.connection)
        if successor is None or not _ended(run.connection, error):
            raise
        if not _take_over(run, successor, Cause.REFUSED):
            raise
    return ask()


def _is_due(successor: Successor, now: datetime) -> bool:
    day = successor.takes_over_on
    return day is not None and day <= timezone.localdate(now)


def _ended(connection: JiraConnection, error: JiraError) -> bool:
    return type(error) is WrongCredentials or (
        isinstance(error, AnonymousAnswer) and _is_refused(connection)
    )


def _is_refused(connection: JiraConnection) -> bool:
    """Asked once more: an answer as to nobody alone may have other causes."""
    try:
        with connection.client() as client:
            client.myself()
    except JiraError as error:
        return type(error) is WrongCredentials
    return False


def _take_over(run: SyncRun, successor: Successor, cause: Cause) -> bool:
    now = timezone.now()
    taken = successor.take_over(cause, now, lease_number=run.lease_number)
    run.connection.refresh_from_db()
    if taken:
        tell_of_succession(run.connection, cause, now)
    return taken
