"""The reading of the past: what happened to the issues of one key result before it was followed.

It goes the same way as the sync, under the same lease and proof: plan → read → reconstruct → keep.
What it keeps stands beside the record, so that no number moves by it; done twice, the second takes
the place of the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from django.utils import timezone

from jira_integration.calculation import Category, IssueId, Scale
from jira_integration.client import History, JiraClient, JiraError
from jira_integration.counting import Seen, Way, fields_named
from jira_integration.keeping import keep
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    LinkedIssue,
    Measuring,
    Reconstruction,
    SyncRun,
)
from jira_integration.models.reconstruction import MOST_ISSUES, Span, span_of
from jira_integration.reconstruction import (
    RESOLUTION,
    STATUS,
    Evening,
    Rules,
    Traced,
    reconstruct,
)
from jira_integration.sync.checked import under_check
from jira_integration.sync.fetch import CancelledError, OvertakenError, prove_identity
from jira_integration.sync.succession import by_whom_it_takes
from okr.models import KeyResult


@dataclass(eq=False, kw_only=True)
class TooManyIssuesError(JiraError):
    """More than we ask Jira for."""

    code = "history_too_long"
    issues: int
    most: int = MOST_ISSUES


@dataclass(frozen=True, slots=True)
class Past:
    """What is asked for: each issue that counts today, with its link's weight and its state."""

    key_result: KeyResult
    span: Span
    way: Way
    scale: Scale
    left_out: dict[int, frozenset[str]]
    issues: dict[IssueId, tuple[int, Seen]]

    def fields(self, site: int) -> list[str]:
        resolution = [RESOLUTION] if self.left_out.get(site) else []
        return [STATUS, *resolution, *fields_named([self.way], site)]

    def numbers(self, site: int) -> list[int]:
        return sorted(name.number for name in self.issues if name.site == site)

    @property
    def sites(self) -> list[int]:
        return sorted({name.site for name in self.issues})


@dataclass(slots=True)
class Heard:
    """What Jira told; an issue that is not in it has no history that can be read."""

    histories: dict[IssueId, History] = field(default_factory=dict)
    categories: dict[tuple[int, str], Category] = field(default_factory=dict)
    calls: int = 0

    def traced(self, past: Past) -> list[Traced]:
        return [
            Traced(name, *past.issues[name], history)
            for name, history in sorted(self.histories.items())
        ]


def retell(run: SyncRun) -> bool:
    """Carries out a started run; whether Jira proved who it answered.

    Raises what a reading raises.
    """
    past = plan_past(run, timezone.now())
    if past is None:
        return False
    heard = by_whom_it_takes(run, lambda: read_past(past, run))
    method = past.way.method(past.scale, past.left_out)
    rules = Rules(past.way, method, past.left_out, heard.categories)
    issues = heard.traced(past)
    evenings = reconstruct(issues, rules, *past.span, timezone.localdate)
    unknown = sorted({name for issue in issues for name in issue.unknown(rules)})
    keep_past(run, past, evenings, len(issues), unknown)
    return bool(past.issues)


def plan_past(run: SyncRun, now: datetime) -> Past | None:
    """None where the record begins with the cycle."""
    key_result = run.key_result
    span = key_result and span_of(key_result, now)
    if not (key_result and span):
        return None
    issues = dict(_counted(key_result))
    if len(issues) > MOST_ISSUES:
        raise TooManyIssuesError(issues=len(issues))
    run.planned = len(issues)
    return Past(
        key_result,
        span,
        Measuring.objects.of(key_result),
        IntegrationSettings.load().scale,
        JiraConnection.objects.left_out(),
        issues,
    )


def read_past(past: Past, run: SyncRun) -> Heard:
    """Another site that does not answer spoils its own issues only; ours spoils the run."""
    heard = Heard()
    for site in past.sites:
        if site == run.connection_id:
            _read_site(run.connection, past, heard, run)
            continue
        other = JiraConnection.objects.get(pk=site)
        if other.refusal(timezone.now()) is None:
            try:
                _read_site(other, past, heard, run)
            except JiraError:
                heard.histories = {n: h for n, h in heard.histories.items() if n.site != site}
    return heard


def keep_past(
    run: SyncRun, past: Past, evenings: list[Evening], issues: int, unknown: list[str]
) -> None:
    """Raises OvertakenError where lease, percentages or measure are not those of the plan."""

    def write() -> int:
        if Measuring.objects.of(past.key_result) != past.way:
            raise OvertakenError
        Reconstruction.objects.update_or_create(
            key_result=past.key_result,
            defaults={
                "made_at": timezone.now(),
                "since": past.span.since,
                "until": past.span.until,
                "evenings": [_kept(each) for each in evenings],
                "issues": issues,
                "unread": len(past.issues) - issues,
                "unknown": unknown,
            },
        )
        return len(evenings)

    under_check(run, past.scale, write)


def _counted(key_result: KeyResult) -> Iterator[tuple[IssueId, tuple[int, Seen]]]:
    """What counts today, each once and by its highest weight."""
    rows = LinkedIssue.objects.filter(link__key_result=key_result).order_by("weight")
    for row in rows.select_related("issue"):
        yield row.issue.name, (row.weight, row.issue.seen)


def _read_site(connection: JiraConnection, past: Past, heard: Heard, run: SyncRun) -> None:
    site, before = connection.pk, heard.calls
    with connection.client() as client:
        _watch(run, heard, client, before)
        prove_identity(client, connection)
        for status in client.statuses():
            heard.categories[site, status.id] = Category(status.category)
        for batch in client.changelogs(past.numbers(site), past.fields(site)):
            for history in batch:
                heard.histories[IssueId(site, history.issue_id)] = history
            _watch(run, heard, client, before)
        prove_identity(client, connection)


def _watch(run: SyncRun, heard: Heard, client: JiraClient, before: int) -> None:
    """Shows the progress, keeps the lease and listens for Cancel."""
    heard.calls = before + client.calls
    if not JiraConnection.objects.renew(run.connection_id, run.lease_number, timezone.now()):
        raise OvertakenError
    if not run.advance(len(heard.histories), heard.calls):
        raise CancelledError


def _kept(evening: Evening) -> dict[str, object]:
    share = evening.breakdown.progress or Fraction(0)
    return {
        "at": evening.at.isoformat(),
        "share": str(share),
        "why": keep(evening.breakdown),
    }
