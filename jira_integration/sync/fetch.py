"""Stage two: the network. No transaction is open here, and nothing but the progress is written.

Who we read as is proven before the first issue and after the last; an answer given to nobody
(Jira answers 200 and an empty list for an expired token) can therefore never look like work that
disappeared.
"""

from dataclasses import dataclass
from time import monotonic

from django.utils import timezone

from jira_integration.client import AnonymousAnswer, Issue, JiraClient, QueryRefused
from jira_integration.descending import Descent, descend
from jira_integration.models import JiraConnection, SyncRun
from jira_integration.sync.found import Found
from jira_integration.sync.listing import list_fields
from jira_integration.sync.planned import Plan
from jira_integration.sync.sieve import Sieve

LOOKS_EVERY = 1.0
"""Seconds, a small part of a lease."""


class CancelledError(Exception):
    """A person stopped the run."""


class OvertakenError(Exception):
    """The lease went to another worker, or the percentages changed, before the commit."""


@dataclass(slots=True)
class Watch:
    """Shows the progress, keeps the lease and listens for Cancel."""

    run: SyncRun
    found: Found
    client: JiraClient
    _looked: float = 0.0

    def glance(self) -> None:
        """After every page, of which many may come in a second: once in that time is enough."""
        self.run.read, self.run.calls = len(self.found.read), self.client.calls
        if monotonic() - self._looked >= LOOKS_EVERY:
            self.look()

    def look(self) -> None:
        run, self._looked = self.run, monotonic()
        if not JiraConnection.objects.renew(run.connection_id, run.lease_number, timezone.now()):
            raise OvertakenError
        if not run.advance(len(self.found.read), self.client.calls):
            raise CancelledError


def fetch(plan: Plan, run: SyncRun) -> Found:
    """Reads what the plan names. Raises JiraError where the reading cannot be trusted whole."""
    found = Found()
    if not run.reads_jira or plan.concerns_nothing:
        return found
    run.planned = plan.known
    with run.connection.client() as client:
        watch = Watch(run, found, client)
        watch.look()
        prove_identity(client, run.connection)
        found.renews = _is_daily(plan, run)
        _read_issues(client, plan, found, watch)
        if plan.searches or found.gone:
            _read_queries(client, plan, found, watch)
            _read_below(client, plan, found, watch)
            found.damaged = _damaged(client)
        watch.look()
        found.fields = list_fields(client, plan, found, due=found.renews)
        prove_identity(client, run.connection)
        found.outside = dict(client.outside)
        run.calls = client.calls
    found.proven = True
    return found


def _is_daily(plan: Plan, run: SyncRun) -> bool:
    """The complete reading that also lists the fields, once a day."""
    whole = not plan.partial and run.key_result_id is None
    return whole and run.connection.fields_are_due(run.started_at or timezone.now())


def prove_identity(client: JiraClient, connection: JiraConnection) -> None:
    if client.myself().id != connection.account_id:
        raise AnonymousAnswer(host=connection.host, email=connection.email)


def _read_issues(client: JiraClient, plan: Plan, found: Found, watch: Watch) -> None:
    sieve, wanted = Sieve(plan.site), [*plan.issue_ids, *plan.hinted]
    for batch in client.read_issues(wanted, plan.numbers, sieve.look_up):
        found.take(batch, sieve, client.fingerprints)
        found.read |= client.unchanged
        watch.glance()
    damaged, outside, read = _damaged(client), client.outside, found.read

    def is_missing(number: int) -> bool:
        return not (number in read or number in damaged or number in outside)

    found.missing = {number for number in plan.issue_ids if is_missing(number)}
    found.gone = any(is_missing(number) for number in plan.hinted)


def _read_queries(client: JiraClient, plan: Plan, found: Found, watch: Watch) -> None:
    sieve = Sieve(plan.site)
    for jql in plan.queries:
        numbers: list[int] = []
        try:
            for batch in client.search(jql, numbers=plan.numbers):
                found.take(batch, sieve)
                numbers += [issue.id for issue in batch]
                watch.glance()
        except QueryRefused as error:
            found.refused[jql] = error
        else:
            found.queries[jql] = numbers


def _read_below(client: JiraClient, plan: Plan, found: Found, watch: Watch) -> None:
    sieve = Sieve(plan.site)

    def take(page: list[Issue]) -> None:
        found.take(page, sieve)
        watch.glance()

    news = plan.keys.keys() & found.issues.keys()
    keys = plan.keys | {number: found.issues[number].key for number in news}
    descent = descend(client, plan.tops, keys, plan.numbers, take) if plan.tops else Descent()
    found.queries.update(descent.below.items())
    found.refused.update(descent.refused.items())


def _damaged(client: JiraClient) -> set[int]:
    return {each.id for each in client.poisoned if each.id is not None}
