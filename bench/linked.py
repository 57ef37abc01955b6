"""Key results that follow issues, made in bulk: as they stand after linking, before any reading."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from jira_integration import sync
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
)
from jira_sandbox.testing import EMAIL, TOKEN
from okr.models import Cycle, KeyResult, Objective, Person, Unit

ISSUES_EACH, KEY_RESULTS_EACH, OBJECTIVES_EACH = 5, 4, 20
"""Of a key result, of an objective, and of an objective above others."""
AT_ONCE = 2_000


def connect(server: str, name: str = "Bench") -> JiraConnection:
    """Without a webhook: whatever moves here is found by a reading."""
    examined = examine(server, EMAIL, TOKEN, policy_from_settings())
    if examined.failure:
        raise SystemExit(f"The sandbox cannot be connected: {examined.failure}")
    connection = JiraConnection(name=name)
    connection.accept(examined, TOKEN, None, timezone.now())
    IntegrationSettings.load().turn_on()
    return connection


def follow(connection: JiraConnection, numbers: Sequence[int]) -> int:
    """Each issue linked by itself to one key result of several; answers how many key results."""
    key_results = _key_results(len(numbers) // ISSUES_EACH)
    issues = JiraIssue.objects.bulk_create(
        [
            JiraIssue(connection=connection, jira_id=number, key=f"NEW-{number}", category="new")
            for number in numbers
        ],
        batch_size=AT_ONCE,
    )
    links = [
        JiraLink(
            key_result=key_results[at // ISSUES_EACH],
            connection=connection,
            kind=LinkKind.ISSUE,
            issue=issue,
            by=key_results[0].owner,
        )
        for at, issue in enumerate(issues)
    ]
    JiraLink.objects.bulk_create(links, batch_size=AT_ONCE)
    return len(key_results)


def follow_searches(connection: JiraConnection, searches: Sequence[str]) -> None:
    """A key result for each of these queries."""
    key_results = _key_results(len(searches))
    JiraLink.objects.bulk_create(
        JiraLink(
            key_result=key_result,
            connection=connection,
            kind=LinkKind.QUERY,
            jql=jql,
            by=key_result.owner,
        )
        for key_result, jql in zip(key_results, searches, strict=True)
    )


def read_once(connection: JiraConnection, trigger: str = Trigger.HAND) -> SyncRun:
    """Here and now, in this program."""
    run = SyncRun.objects.ask(connection, trigger)
    sync.run_waiting(connection.pk)
    run.refresh_from_db()
    return run


def _key_results(number: int) -> list[KeyResult]:
    objectives = _objectives(-(-number // KEY_RESULTS_EACH))
    rows = [
        KeyResult(
            objective=objectives[at // KEY_RESULTS_EACH],
            owner=objectives[0].owner,
            title=f"Key result {at}",
            current=0,
            tracked_by=SOURCE,
        )
        for at in range(number)
    ]
    return KeyResult.objects.bulk_create(rows, batch_size=AT_ONCE)


def _objectives(number: int) -> list[Objective]:
    """Each under one that stands above others."""
    owner, cycle = _owner(), _cycle()

    def made(title: str, count: int) -> list[Objective]:
        rows = [Objective(owner=owner, cycle=cycle, title=f"{title} {n}") for n in range(count)]
        return Objective.objects.bulk_create(rows, batch_size=AT_ONCE)

    above, below = made("Above", -(-number // OBJECTIVES_EACH)), made("Objective", number)
    for at, objective in enumerate(below):
        objective.parent = above[at // OBJECTIVES_EACH]
    Objective.objects.bulk_update(below, ["parent"], batch_size=AT_ONCE)
    return below


def _owner() -> Person:
    unit, _ = Unit.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    email = "bench@larkspur.example"
    known = Person.objects.filter(email=email).first()
    return known or Person.objects.join(
        email=email, name="Bench Mark", designation="Engineer", unit=unit
    )


def _cycle() -> Cycle:
    today = timezone.localdate()
    begins, ends = today - timedelta(weeks=6), today + timedelta(weeks=7)
    return Cycle.objects.get_or_create(
        name="Bench", defaults={"starts_on": begins, "ends_on": ends}
    )[0]
