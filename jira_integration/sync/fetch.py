"""Stage two: the network, and nothing else. No transaction is open here.

Who we read as is proven before the first issue and after the last; an answer given to nobody
(Jira answers 200 and an empty list for an expired token) can therefore never look like work that
disappeared.
"""

from dataclasses import dataclass, field

from django.utils import timezone

from jira_integration.client import AnonymousAnswer, Field, Issue, JiraClient, QueryRefused
from jira_integration.descending import Descent, descend
from jira_integration.models import JiraConnection, SyncRun
from jira_integration.sync.listing import list_fields
from jira_integration.sync.planned import Plan, Search


class CancelledError(Exception):
    """A person stopped the run."""


class OvertakenError(Exception):
    """The lease went to another worker, or the percentages changed, before the commit."""


@dataclass(slots=True)
class Found:
    """What Jira answered; empty where a run works from the mirror.

    `missing` are issues asked for by number that Jira did not return: deleted or hidden from us.
    `damaged` came in a shape that cannot be read: they have not vanished.
    `outside` came, and lie in no chosen project: their projects by the issue's number.
    `gone` says that an issue which a search had found cannot be read by its number any more.
    `refused` are queries that Jira rejects; they spoil their own links only. `fields` is what the
    site lists, where it was asked.
    """

    issues: dict[int, Issue] = field(default_factory=dict)
    missing: set[int] = field(default_factory=set)
    damaged: set[int] = field(default_factory=set)
    outside: dict[int, int] = field(default_factory=dict)
    queries: dict[Search, list[int]] = field(default_factory=dict)
    refused: dict[Search, QueryRefused] = field(default_factory=dict)
    gone: bool = False
    fields: list[Field] = field(default_factory=list)
    proven: bool = False

    def take(self, batch: list[Issue], plan: Plan) -> None:
        """Keeps what is news: a search may lag behind what was read by number, or known before."""
        for issue in batch:
            before = self.issues.get(issue.id)
            told_at = before.updated if before else plan.changed_at.get(issue.id)
            outdated = told_at and issue.updated and issue.updated < told_at
            if not outdated and issue.id not in self.missing:
                self.issues[issue.id] = issue


def fetch(plan: Plan, run: SyncRun) -> Found:
    """Reads what the plan names. Raises JiraError where the reading cannot be trusted whole."""
    found = Found()
    if not run.reads_jira or (plan.partial and not plan.own_links):
        return found
    run.planned = len(plan.marks.keys() & plan.known if plan.partial else plan.known)
    with run.connection.client() as client:
        _watch(run, found, client)
        prove_identity(client, run.connection)
        _read_issues(client, plan, found, run)
        if plan.searches or found.gone:
            _read_queries(client, plan, found, run)
            _read_below(client, plan, found, run)
            found.damaged = _damaged(client)
        found.fields = list_fields(client, plan, found.issues, due=_lists_fields(plan, run))
        prove_identity(client, run.connection)
        found.outside = dict(client.outside)
        run.calls = client.calls
    found.proven = True
    return found


def _lists_fields(plan: Plan, run: SyncRun) -> bool:
    """With a complete reading, once a day."""
    whole = not plan.partial and run.key_result_id is None
    return whole and run.connection.fields_are_due(run.started_at or timezone.now())


def prove_identity(client: JiraClient, connection: JiraConnection) -> None:
    if client.myself().id != connection.account_id:
        raise AnonymousAnswer(host=connection.host, email=connection.email)


def _read_issues(client: JiraClient, plan: Plan, found: Found, run: SyncRun) -> None:
    returned: set[int] = set()
    for batch in client.read_issues([*plan.issue_ids, *plan.hinted], plan.numbers):
        found.take(batch, plan)
        returned.update(issue.id for issue in batch)
        _watch(run, found, client)
    answered = returned | _damaged(client) | client.outside.keys()
    found.missing = set(plan.issue_ids) - answered
    found.gone = not answered.issuperset(plan.hinted)


def _read_queries(client: JiraClient, plan: Plan, found: Found, run: SyncRun) -> None:
    for jql in plan.queries:
        numbers: list[int] = []
        try:
            for batch in client.search(jql, numbers=plan.numbers):
                found.take(batch, plan)
                numbers += [issue.id for issue in batch]
                _watch(run, found, client)
        except QueryRefused as error:
            found.refused[jql] = error
        else:
            found.queries[jql] = numbers


def _read_below(client: JiraClient, plan: Plan, found: Found, run: SyncRun) -> None:
    def take(page: list[Issue]) -> None:
        found.take(page, plan)
        _watch(run, found, client)

    keys = plan.keys | {n: found.issues[n].key for n in plan.keys.keys() & found.issues.keys()}
    descent = descend(client, plan.tops, keys, plan.numbers, take) if plan.tops else Descent()
    found.queries.update(descent.below.items())
    found.refused.update(descent.refused.items())


def _damaged(client: JiraClient) -> set[int]:
    return {each.id for each in client.poisoned if each.id is not None}


def _watch(run: SyncRun, found: Found, client: JiraClient) -> None:
    """Shows the progress, keeps the lease and listens for Cancel."""
    if not JiraConnection.objects.renew(run.connection_id, run.lease_number, timezone.now()):
        raise OvertakenError
    if not run.advance(len(found.issues), client.calls):
        raise CancelledError
