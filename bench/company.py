"""Key results that follow issues, so many of each kind, linked and read once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import connection as database
from django.test import Client
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from jira_integration import sync
from jira_integration.client import CloudClient, Credentials, Hook
from jira_integration.connecting import examine
from jira_integration.models import (
    SOURCE,
    IntegrationSettings,
    JiraConnection,
    JiraIssue,
    JiraLink,
    LinkKind,
    SyncRun,
    Trigger,
    WebhookReceiver,
    mirrored,
)
from jira_integration.webhooks import ISSUE_EVENTS
from jira_sandbox.testing import EMAIL, TOKEN
from okr.models import Cycle, KeyResult, Objective, Person, Unit

ADMIN = "ada@larkspur.example", "sandbox-admin-token"
"""Administers the small Jira of the sandbox."""
AN_OBJECTIVE_HAS = 4
OWNER = "bench@larkspur.example"


def connect(server: str) -> JiraConnection:
    """With a webhook, as an administrator of that Jira enters it."""
    examined = examine(server, EMAIL, TOKEN, policy_from_settings())
    if examined.failure:
        raise SystemExit(f"The sandbox cannot be connected: {examined.failure}")
    connection = JiraConnection(name="Bench")
    connection.accept(examined, TOKEN, None, timezone.now())
    IntegrationSettings.load().turn_on()
    receiver = WebhookReceiver.objects.open_for(connection)
    with CloudClient(connection.site, Credentials(*ADMIN), policy_from_settings()) as client:
        client.register_webhook(Hook("Bench", receiver.url, receiver.secret, ISSUE_EVENTS))
    return connection


def mirror(connection: JiraConnection, keys: Sequence[str]) -> dict[str, JiraIssue]:
    """The issues of these keys, in this order."""
    with connection.client() as client:
        client.myself()
        found = [issue for batch in client.read_issues(keys) for issue in batch]
    rows = [JiraIssue(connection=connection, jira_id=each.id, **mirrored(each)) for each in found]
    by_key = {row.key: row for row in JiraIssue.objects.bulk_create(rows)}
    return {key: by_key[key] for key in keys}


def followers(
    connection: JiraConnection, issues: Mapping[str, JiraIssue], number: int
) -> dict[int, list[str]]:
    """So many key results that share the issues among themselves; the keys by its number."""
    each, keys = len(issues) // number, list(issues)
    homes = _objectives(number)
    found = {next(homes): keys[at * each : (at + 1) * each] for at in range(number)}
    JiraLink.objects.bulk_create(
        JiraLink(
            key_result=key_result,
            connection=connection,
            kind=LinkKind.ISSUE,
            issue=issues[key],
            by=key_result.owner,
        )
        for key_result, followed in found.items()
        for key in followed
    )
    KeyResult.objects.filter(pk__in=[each.pk for each in found]).track_by(SOURCE)
    return {key_result.pk: followed for key_result, followed in found.items()}


def read_once(connection: JiraConnection) -> None:
    """And leaves the database as well informed of its tables as one that has run for a while."""
    SyncRun.objects.all().delete()
    SyncRun.objects.ask(connection, Trigger.HAND)
    sync.run_waiting(connection.pk)
    with database.cursor() as cursor:
        cursor.execute("ANALYZE")


def cookie_of_a_person() -> dict[str, str]:
    """Of somebody who is signed in, and owns every key result."""
    client = Client()
    client.force_login(Person.objects.get(email=OWNER))
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _objectives(number: int) -> Iterator[KeyResult]:
    """So many new key results, a few below each objective."""
    today = timezone.localdate()
    begins, ends = today - timedelta(weeks=6), today + timedelta(weeks=7)
    cycle, _ = Cycle.objects.get_or_create(
        name="Bench", defaults={"starts_on": begins, "ends_on": ends}
    )
    owner = Person.objects.filter(email=OWNER).first() or _owner()
    for row in range(number):
        if row % AN_OBJECTIVE_HAS == 0:
            objective = Objective(owner=owner, cycle=cycle, title=f"Numbers are fresh, {row}")
            objective.keep()
        key_result = KeyResult(objective=objective, owner=owner, title=f"Every issue counts, {row}")
        key_result.keep()
        yield key_result


def _owner() -> Person:
    unit, _ = Unit.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    return Person.objects.join(email=OWNER, name="Bench Mark", designation="Engineer", unit=unit)
