"""The failed syncs of a week, grouped by what they failed of, each with the way out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max

from jira_integration.explain import explain
from jira_integration.models import JiraConnection, State, SyncRun

LOOKED_BACK = timedelta(days=7)
PASSED = "It has passed: Jira was read since."
BY_ITSELF = "It is tried again by itself. If it stays, ask whoever runs Jira."
CONNECT = "Connect again under Jira Credentials, or put a successor of the token in place."
OPERATOR = "Ask whoever runs this application: its log says more."
NETWORK = "Ask whoever runs this application whether it may reach Jira."
CERTIFICATE = "Ask whoever runs Jira to mend its certificate, or this application to trust it."
ACCESS = "Ask a Jira administrator for the right that is missing; Rights in Jira shows which."
CAPTCHA = "Sign in to Jira in a browser as that account, then connect again."
SLOWER = "Jira limits how often it is asked. It is asked again when it allows it."
WAYS_OUT = {
    "wrong_credentials": CONNECT,
    "missing_scope": CONNECT,
    "basic_off": CONNECT,
    "other_account": CONNECT,
    "anonymous_answer": CONNECT,
    "sealed_token": CONNECT,
    "captcha": CAPTCHA,
    "forbidden": ACCESS,
    "nothing_visible": ACCESS,
    "write_refused": ACCESS,
    "address_refused": NETWORK,
    "server_not_found": NETWORK,
    "timed_out": NETWORK,
    "tls_failure": CERTIFICATE,
    "rate_limited": SLOWER,
    "given_up": OPERATOR,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """`sentence` is that of the last time; `passed` where the site was read since."""

    site: str
    sentence: str
    way_out: str
    times: int
    last_at: datetime
    passed: bool


def failures(connections: Collection[JiraConnection], now: datetime) -> list[Failure]:
    """What still stands first, then the latest; in two queries."""
    since = now - LOOKED_BACK
    failed = SyncRun.objects.filter(
        connection__in=connections, state=State.FAILED, finished_at__gt=since
    )
    groups = failed.order_by().values("connection", "failure_code")
    rows = list(groups.annotate(times=Count("pk"), at=Max("finished_at"), last=Max("pk")))
    latest = SyncRun.objects.select_related("connection").in_bulk([row["last"] for row in rows])
    found = [_failure(latest[row["last"]], row["times"], row["at"]) for row in rows]
    return sorted(found, key=lambda each: (each.passed, -each.last_at.timestamp()))


def _failure(last: SyncRun, times: int, at: datetime) -> Failure:
    read_at = last.connection.read_at
    passed = read_at is not None and read_at > at and not last.connection.failure_code
    way_out = PASSED if passed else WAYS_OUT.get(last.failure_code, BY_ITSELF)
    sentence = explain(last.failure_code, last.failure_facts).sentence
    return Failure(last.connection.name, sentence, way_out, times, at, passed)
