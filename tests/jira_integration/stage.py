"""What the tests of the Jira room stand on: a sandbox over HTTP, a connection to it, and links."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from jira_integration import sync
from jira_integration.connecting import examine
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    SyncRun,
    Trigger,
    Wanted,
)
from jira_sandbox.messages import Request, Response
from jira_sandbox.sandbox import Dialect
from jira_sandbox.testing import SandboxJira
from okr.models import KeyResult


def host_of(jira: SandboxJira) -> str:
    return urlsplit(jira.url).netloc


def connect(jira: SandboxJira, token: str = "", **columns: Any) -> JiraConnection:
    """Through the same verbs as the Connect button."""
    token = token or jira.token
    examined = examine(jira.url, jira.email, token, policy_from_settings())
    assert examined.failure is None, examined.failure
    connection = JiraConnection(**{"name": "Larkspur", **columns})
    connection.accept(examined, token, None, timezone.now())
    return connection


def link(
    key_result: KeyResult, *keys: str, jql: str = "", at: JiraConnection | None = None
) -> list[JiraLink]:
    """Links issues by key, or a query, as its owner does; the run that this asks for waits.

    `at` is one of several sites, here and below.
    """
    connection = at or JiraConnection.objects.get()
    known = set(key_result.jira_links.values_list("pk", flat=True))
    with connection.client() as client:
        client.myself()
        issues = [issue for batch in client.read_issues(keys) for issue in batch]
    assert {issue.key for issue in issues} == set(keys)
    wanted = Wanted(issues, jql)
    JiraLink.objects.add(key_result, wanted, connection, key_result.owner)
    return list(key_result.jira_links.exclude(pk__in=known))


def read(
    key_result: KeyResult | None = None,
    trigger: str = Trigger.HAND,
    at: JiraConnection | None = None,
) -> SyncRun:
    """One run, carried out here and now; answers it as it ended."""
    connection = at or JiraConnection.objects.get()
    run = SyncRun.objects.ask(connection, trigger, key_result=key_result)
    sync.run_waiting(connection.pk)
    run.refresh_from_db()
    return run


def progress(key_result: KeyResult) -> Decimal | None:
    key_result.refresh_from_db()
    return key_result.progress


@dataclass
class Meanwhile:
    """A dialect that lets something happen once, the moment that Jira is asked for a path."""

    dialect: Dialect
    path: str
    act: Callable[[], object]
    then: int | None = None

    def answer(self, request: Request) -> Response:
        if self.path not in request.path:
            return self.dialect.answer(request)
        self.path = "never again"
        self._elsewhere()
        return Response(self.then) if self.then else self.dialect.answer(request)

    def _elsewhere(self) -> None:
        def act() -> None:
            self.act()
            database.close()

        thread = threading.Thread(target=act)
        thread.start()
        thread.join(60)


def meanwhile(
    jira: SandboxJira, path: str, act: Callable[[], object], then: int | None = None
) -> None:
    """Does `act` in another thread while Jira is asked for `path`; answers `then`, or as usual."""
    jira.sandbox.dialect = Meanwhile(jira.sandbox.dialect, path, act, then)


def rescale(to_do: int, in_progress: int, done: int) -> None:
    IntegrationSettings.load().rescale(to_do, in_progress, done)


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(database) as queries:
        yield queries


def written_tables(queries: CaptureQueriesContext) -> set[str]:
    """The tables that the queries would change, whether or not a row matched."""
    words = [query["sql"].replace('"', "").split() for query in queries.captured_queries]
    places = {"INSERT": 2, "UPDATE": 1, "DELETE": 2}
    return {each[places[each[0]]] for each in words if each[0] in places}


def started(trigger: str = Trigger.HAND, at: JiraConnection | None = None) -> SyncRun:
    """A run as a worker holds it that has just begun."""
    connection = at or JiraConnection.objects.get()
    lease = JiraConnection.objects.claim(connection.pk, timezone.now())
    assert lease is not None
    run = SyncRun.objects.create(connection=connection, trigger=trigger)
    assert run.start(lease, timezone.now())
    return run


def let_the_lease_run_out() -> None:
    JiraConnection.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
