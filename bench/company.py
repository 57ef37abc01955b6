"""Key results that follow issues, so many of each kind, linked and read once."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from jira_integration import sync
from jira_integration.client import CloudClient, Credentials, Hook, Issue
from jira_integration.connecting import examine, policy_from_settings
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    SyncRun,
    Trigger,
    Wanted,
    WebhookReceiver,
)
from jira_integration.webhooks import ISSUE_EVENTS
from jira_sandbox.testing import EMAIL, TOKEN
from okr.models import Cycle, KeyResult, Objective, Person, Unit

ADMIN = "ada@larkspur.example", "sandbox-admin-token"
"""Administers the small Jira of the sandbox."""


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


def followers(
    connection: JiraConnection, keys: Sequence[str], number: int, each: int
) -> dict[int, list[str]]:
    """`number` key results of `each` issues; the keys by the key result's number."""
    objective = _objective()
    with connection.client() as client:
        client.myself()
        found = [issue for batch in client.read_issues(keys) for issue in batch]
    by_key = {issue.key: issue for issue in found}
    groups = [keys[at * each : (at + 1) * each] for at in range(number)]
    return {
        _follow(connection, objective, [by_key[key] for key in group]): list(group)
        for group in groups
    }


def read_once(connection: JiraConnection) -> None:
    SyncRun.objects.all().delete()
    SyncRun.objects.ask(connection, Trigger.HAND)
    sync.run_waiting(connection.pk)


def _objective() -> Objective:
    today = timezone.localdate()
    unit, _ = Unit.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    owner = Person.objects.filter(email="bench@larkspur.example").first()
    owner = owner or Person.objects.join(
        email="bench@larkspur.example", name="Bench Mark", designation="Engineer", unit=unit
    )
    begins, ends = today - timedelta(weeks=6), today + timedelta(weeks=7)
    cycle, _ = Cycle.objects.get_or_create(
        name="Bench", defaults={"starts_on": begins, "ends_on": ends}
    )
    objective = Objective(owner=owner, cycle=cycle, title="Numbers are fresh")
    objective.keep()
    return objective


def _follow(connection: JiraConnection, objective: Objective, issues: list[Issue]) -> int:
    key_result = KeyResult(objective=objective, owner=objective.owner, title=issues[0].summary)
    key_result.keep()
    JiraLink.objects.add(key_result, Wanted(issues), connection, objective.owner)
    return key_result.pk
