"""What the page of sync activity tells: the runs, and what could not be refreshed and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from jira_integration.explain import explain
from jira_integration.health import Standing
from jira_integration.models import (
    SOURCE,
    JiraLink,
    LinkedIssue,
    ShownKeyResult,
    State,
    SyncRun,
    Trigger,
)
from jira_integration.sites import Sites
from okr.models import KeyResult

RESULTS = {
    "changed": ("Changed numbers", Q(state=State.DONE, changed__gt=0)),
    "done": ("Done", Q(state=State.DONE)),
    "failed": ("Failed", Q(state=State.FAILED)),
    "events": ("After events", Q(trigger=Trigger.WEBHOOK)),
    "cancelled": ("Cancelled", Q(state__in=[State.CANCELLED, State.OVERTAKEN])),
}
FOLDED = Q(trigger=Trigger.WEBHOOK, state=State.DONE)
"""Readings after events, many and small: they are told in one line."""
UNREADABLE = "issue_unreadable"
SHOWN = 10
NONE = "–"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why some numbers are not fresh, and what somebody can do about it."""

    title: str
    way_out: str

    def at(self, site: str) -> "Cause":
        """Of the site with this name."""
        return Cause(self.title.format(site=site), self.way_out.format(site=site))


CONNECTION = Cause(
    "{site} cannot be read", "Numbers are refreshed as soon as {site} answers again."
)
REFUSED = Cause(
    "{site} refuses the account", "Numbers are refreshed once {site} is connected again."
)
UNSHOWN = Cause(
    "Not shown on their Jira issues",
    "Progress is not touched by that. Into Jira tells each cause, and tries again.",
)
OTHER = Cause("The link could not be read", "Open the key result and check what it is linked to.")
CAUSES = {
    "query_refused": Cause(
        "Jira does not accept the search",
        "Open the key result, remove the search and link one that Jira accepts.",
    ),
    UNREADABLE: Cause(
        "Issues that can no longer be read",
        "Ask a Jira administrator to let the connected account read them, or remove the link.",
    ),
}


@dataclass(slots=True)
class Trouble:
    """The key results that share a cause, each once, with what is wrong there."""

    cause: Cause
    sentences: dict[KeyResult, str] = field(default_factory=dict)

    @property
    def shown(self) -> list[tuple[KeyResult, str]]:
        return list(self.sentences.items())[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.sentences) - SHOWN, 0)


def troubles(sites: Sites) -> list[Trouble]:
    """What could not be refreshed, grouped by cause; the sites' own come first."""
    found: dict[Cause, Trouble] = {}

    def add(cause: Cause, key_result: KeyResult, sentence: str = "") -> None:
        found.setdefault(cause, Trouble(cause)).sentences.setdefault(key_result, sentence)

    for cause, key_result in _waiting_for_a_site(sites):
        add(cause, key_result)
    links = JiraLink.objects.filter(
        connection__in=sites.connections,
        key_result__objective__cycle__closed_at=None,
        key_result__objective__closure=None,
    )
    for link in links.exclude(failure_code="").select_related("key_result"):
        sentence = explain(link.failure_code, link.failure_facts).sentence
        add(CAUSES.get(link.failure_code, OTHER), link.key_result, sentence)
    lost = LinkedIssue.objects.filter(link__in=links, issue__unreadable_since__isnull=False)
    for row in lost.select_related("issue", "link__key_result").order_by("pk"):
        sentence = explain(UNREADABLE, {"key": row.issue.key}).sentence
        add(CAUSES[UNREADABLE], row.link.key_result, sentence)
    for shown in ShownKeyResult.objects.refused().filter(connection__in=sites.connections):
        assert shown.key_result  # noqa: S101  narrows the type
        add(UNSHOWN, shown.key_result, explain(shown.failure_code, shown.failure_facts).sentence)
    return list(found.values())


def _waiting_for_a_site(sites: Sites) -> Iterator[tuple[Cause, KeyResult]]:
    """In two queries, however many sites fail."""
    failing = {each.number: each for each in sites.about if each.standing is Standing.FAILING}
    links = JiraLink.objects.filter(connection__in=failing, key_result__tracked_by=SOURCE)
    pairs = list(links.order_by().values_list("connection", "key_result").distinct())
    key_results = KeyResult.objects.only("title").in_bulk([pk for _, pk in pairs])
    for site, pk in sorted(pairs):
        health = failing[site]
        cause = REFUSED if health.suspended else CONNECTION
        yield cause.at(health.called), key_results[pk]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is; what a search will find is not known before."""

    run: SyncRun

    @property
    def most(self) -> int:
        return max(self.run.read, self.run.planned)

    @property
    def sentence(self) -> str:
        if self.run.started_at is None:
            return "Waiting for a worker"
        if not self.run.reads_jira:
            return "Recalculating"
        if not self.run.read:
            return "Reading issues"
        return f"Reading issues {self.run.read:,} of {self.most:,}"


@dataclass(frozen=True, slots=True)
class EventRuns:
    """The readings after events of the last day, in one line."""

    number: int
    changed: int

    @classmethod
    def of(cls, sites: Sites, now: datetime) -> "EventRuns | None":
        runs = SyncRun.objects.filter(FOLDED, connection__in=sites.connections)
        of_a_day = runs.filter(finished_at__gt=now - timedelta(days=1))
        told = of_a_day.aggregate(number=Count("pk"), changed=Sum("changed"))
        return cls(told["number"], told["changed"] or 0) if told["number"] else None

    @property
    def sentence(self) -> str:
        """5 readings after events of Jira in the last day, which changed 12 numbers."""
        readings = "1 reading" if self.number == 1 else f"{self.number:,} readings"
        numbers = "1 number" if self.changed == 1 else f"{self.changed:,} numbers"
        return f"{readings} after events of Jira in the last day, which changed {numbers}."


@dataclass(frozen=True, slots=True)
class Line:
    """A run as the table shows it."""

    run: SyncRun

    @property
    def at(self) -> datetime:
        return self.run.started_at or self.run.asked_at

    @property
    def took(self) -> str:
        ended = self.run.finished_at
        return took(ended - self.run.started_at if ended and self.run.started_at else None)

    @property
    def issues(self) -> str:
        return f"{self.run.read:,}" if self.run.reads_jira else NONE

    @property
    def calls(self) -> str:
        return f"{self.run.calls:,}" if self.run.calls else NONE

    @property
    def error(self) -> str:
        return self.run.failure.sentence if self.run.failure else ""


def took(duration: timedelta | None) -> str:
    """0.8 s, 12 s, 3 min 5 s."""
    if duration is None:
        return NONE
    seconds = duration.total_seconds()
    if seconds < 0.1:
        return "< 0.1 s"
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
