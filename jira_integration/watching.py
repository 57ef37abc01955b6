"""The room's numbers for whoever runs the product, in a few bounded queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max, Sum

from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    State,
    SyncRun,
    WebhookDelivery,
)
from okr import slots
from okr.slots import Series

HOUR = timedelta(hours=1)
LOOKED_AT = 20_000
"""The youngest runs; more than an hour of one site's, by number, as their end has no index."""
Values = dict[tuple[str, ...], float]
NONE = "none"


@slots.fill("watch.numbers")
def numbers(now: datetime) -> list[Series]:
    sites = list(JiraConnection.objects.all())
    names = {site.pk: site.name for site in sites}
    enabled = IntegrationSettings.load().enabled
    opened = _open_runs(names)
    return [
        *_ages(sites if enabled else [], opened, now),
        Series(
            "plumbline_jira_runs_open",
            "Runs that wait or are under way.",
            ("site", "state"),
            opened,
        ),
        *_ended(names, now),
        *_events(names, now),
    ]


def _ages(sites: list[JiraConnection], opened: Values, now: datetime) -> Iterator[Series]:
    """Nothing while progress from Jira is turned off: nobody waits for it then."""
    yield Series(
        "plumbline_jira_sync_age_seconds",
        "Seconds since a site was last read completely.",
        ("site",),
        {(site.name,): _since(site.read_at, now) for site in sites if site.read_at},
    )
    yield Series(
        "plumbline_jira_sync_lag_seconds",
        "Seconds for which a reading of a site has been due and has not begun.",
        ("site",),
        {(site.name,): _lag(site, opened, now) for site in sites},
    )
    yield Series(
        "plumbline_jira_site_failing_seconds",
        "Seconds for which a site could not be read, by the cause of the last failure.",
        ("site", "cause"),
        {
            (site.name, site.failure_code or NONE): _since(site.failing_since or now, now)
            for site in sites
        },
    )


def _lag(site: JiraConnection, opened: Values, now: datetime) -> float:
    running = opened.get((site.name, State.RUNNING.value))
    due = None if running or site.suspended else site.next_read_at
    return _since(due, now) if due else 0.0


def _since(moment: datetime, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds())


def _open_runs(names: dict[int, str]) -> Values:
    rows = SyncRun.objects.open().order_by().values_list("connection", "state")
    return {
        (names.get(site, NONE), state): number for site, state, number in rows.annotate(Count("pk"))
    }


@dataclass(frozen=True, slots=True)
class Ended:
    """Runs of the last hour that share site, outcome and cause."""

    site: str
    outcome: str
    cause: str
    number: int
    calls: int
    average: float
    longest: float


def _ended(names: dict[int, str], now: datetime) -> Iterator[Series]:
    found = list(_ended_runs(names, now))
    site = ("site",)
    yield Series(
        "plumbline_jira_runs_last_hour",
        "Runs that ended within the last hour, by outcome.",
        ("site", "outcome"),
        _sums(((each.site, each.outcome), each.number) for each in found),
    )
    yield Series(
        "plumbline_jira_failures_last_hour",
        "Runs that failed within the last hour, by cause.",
        ("site", "cause"),
        _sums(((each.site, each.cause), each.number) for each in found if each.cause),
    )
    yield Series(
        "plumbline_jira_calls_last_hour",
        "Requests that runs of the last hour sent to Jira.",
        site,
        _sums(((each.site,), each.calls) for each in found),
    )
    yield Series(
        "plumbline_jira_run_duration_seconds",
        "How long runs of the last hour took: the average, and the longest.",
        ("site", "statistic"),
        _durations(found),
    )


def _ended_runs(names: dict[int, str], now: datetime) -> Iterator[Ended]:
    last = SyncRun.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    recent = SyncRun.objects.filter(pk__gt=last - LOOKED_AT, finished_at__gt=now - HOUR)
    groups = recent.order_by().values_list("connection", "state", "failure_code")
    nothing = timedelta()
    rows = groups.annotate(Count("pk"), Sum("calls"), average=Avg(took), longest=Max(took))
    for pk, state, cause, number, calls, average, longest in rows:
        seconds = [(each or nothing).total_seconds() for each in (average, longest)]
        yield Ended(names.get(pk, NONE), state, cause, number, calls or 0, *seconds)


def _durations(found: list[Ended]) -> Values:
    values: Values = {}
    for site in {each.site for each in found}:
        mine = [each for each in found if each.site == site]
        number = sum(each.number for each in mine)
        values[site, "average"] = sum(each.average * each.number for each in mine) / number
        values[site, "longest"] = max(each.longest for each in mine)
    return values


def _sums(pairs: Iterator[tuple[tuple[str, ...], float]]) -> Values:
    values: Values = {}
    for labels, value in pairs:
        values[labels] = values.get(labels, 0.0) + value
    return values


def _events(names: dict[int, str], now: datetime) -> Iterator[Series]:
    recent = WebhookDelivery.objects.filter(received_at__gt=now - HOUR).order_by()
    told = recent.values_list("receiver__connection").annotate(Count("pk"))
    yield Series(
        "plumbline_jira_events_last_hour",
        "Events that Jira told of within the last hour, each once.",
        ("site",),
        {(names.get(site, NONE),): number for site, number in told},
    )
    unread = WebhookDelivery.objects.unread().order_by().values_list("receiver__connection")
    marks = unread.annotate(Count("issue_id", distinct=True))
    yield Series(
        "plumbline_jira_unread_marks",
        "Issues that an event named and that were not read since.",
        ("site",),
        {(name,): 0.0 for name in names.values()}
        | {(names.get(site, NONE),): number for site, number in marks},
    )
