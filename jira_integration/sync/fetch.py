"""Stage two: the network, and nothing else. No transaction is open here.

Who we read as is proven before the first issue and after the last; an answer given to nobody
(Jira answers 200 and an empty list for an expired token) can therefore never look like work that
disappeared.
"""

from dataclasses import dataclass, field

from django.utils import timezone

from jira_integration.client import AnonymousAnswer, Issue, JiraClient, QueryRefused
from jira_integration.models import JiraConnection, SyncRun
from jira_integration.sync.plan import Plan


class CancelledError(Exception):
    """A person stopped the run, or its lease went to another worker."""


@dataclass(slots=True)
class Found:
    """What Jira answered; empty where a run works from the mirror.

    `missing` are issues asked for by number that Jira did not return: deleted or hidden from us.
    `refused` are queries that Jira rejects; they spoil their own links only.
    """

    issues: dict[int, Issue] = field(default_factory=dict)
    missing: set[int] = field(default_factory=set)
    queries: dict[str, list[int]] = field(default_factory=dict)
    refused: dict[str, QueryRefused] = field(default_factory=dict)

    def take(self, batch: list[Issue]) -> None:
        self.issues.update((issue.id, issue) for issue in batch)


def fetch(plan: Plan, run: SyncRun) -> Found:
    """Reads what the plan names. Raises JiraError where the reading cannot be trusted whole."""
    found = Found()
    if not run.reads_jira:
        return found
    with run.connection.client() as client:
        _prove_identity(client, run.connection)
        _read_issues(client, plan, found, run)
        _read_queries(client, plan, found, run)
        _prove_identity(client, run.connection)
    return found


def _prove_identity(client: JiraClient, connection: JiraConnection) -> None:
    account = client.myself()
    if account.id != connection.account_id:
        raise AnonymousAnswer(host=connection.host)


def _read_issues(client: JiraClient, plan: Plan, found: Found, run: SyncRun) -> None:
    run.planned = len(plan.mirror)
    for batch in client.read_issues([str(number) for number in plan.issue_ids]):
        found.take(batch)
        _watch(run, found, client)
    found.missing = set(plan.issue_ids) - found.issues.keys()


def _read_queries(client: JiraClient, plan: Plan, found: Found, run: SyncRun) -> None:
    for jql in plan.queries:
        numbers: list[int] = []
        try:
            for batch in client.search(jql):
                found.take(batch)
                numbers += [issue.id for issue in batch]
                _watch(run, found, client)
        except QueryRefused as error:
            found.refused[jql] = error
        else:
            found.queries[jql] = numbers


def _watch(run: SyncRun, found: Found, client: JiraClient) -> None:
    """Shows the progress, keeps the lease and listens for Cancel."""
    held = JiraConnection.objects.renew(run.connection_id, run.lease_number, timezone.now())
    if not (run.advance(len(found.issues), client.calls) and held):
        raise CancelledError
