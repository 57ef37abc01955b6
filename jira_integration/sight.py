"""What one person sees of Jira on the page of one key result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from jira_integration.client import RateLimited
from jira_integration.models import (
    SOURCE,
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    SyncRun,
    Trigger,
    outside,
)
from jira_integration.retelling import Retelling
from okr.access import may_edit
from okr.models import KeyResult, Person

ALONE = "{name} has not answered since {since}. {consequence}"
ALL_STAND = "This is the last known progress and may be out of date."
OTHERS_FOLLOW = "Its issues count as they were then; those of {others} still follow."
QUIET, SOON, LATER = 5, 2, 5
"""Seconds between two looks: when nothing is awaited, in the first minute of a run, after it."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What is said of a site that does not answer; a delayed one asked us to slow down."""

    words: str
    is_delayed: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """`links` know how many issues they found, and whether theirs lies in no chosen project; `run`
    is the reading that this page waits for.

    `named` where there are several sites, so that each is called by its name.
    """

    key_result: KeyResult
    links: list[JiraLink]
    enabled: bool
    can_edit: bool
    may_see: bool
    named: bool
    run: SyncRun | None
    history: Retelling
    now: datetime

    @classmethod
    def of(cls, key_result: KeyResult, person: Person) -> "Sight":
        settings = IntegrationSettings.load()
        sites, now = JiraConnection.objects.in_bulk(), timezone.now()
        links = _links(key_result, sites)
        can_edit, may_see = may_edit(person, key_result), settings.may_link(person)
        return cls(
            key_result=key_result,
            links=links,
            enabled=settings.enabled and bool(sites),
            can_edit=can_edit,
            may_see=may_see,
            named=len(sites) > 1,
            run=_open_run(key_result, links),
            history=Retelling.of(key_result, links, now, asks=can_edit and may_see),
            now=now,
        )

    def first_links(self, most: int) -> list[JiraLink]:
        """Those that need somebody before the others."""
        return sorted(self.links, key=_is_well)[:most]

    @property
    def follows(self) -> bool:
        return self.key_result.tracked_by == SOURCE

    @property
    def may_link(self) -> bool:
        return self.can_follow and self.enabled and self.can_edit and self.may_see

    @property
    def can_follow(self) -> bool:
        """Not what is measured by milestones or by a threshold."""
        return self.key_result.can_be_tracked

    @property
    def is_shown(self) -> bool:
        return bool(self.links) or (self.enabled and self.can_edit)

    @property
    def can_read_now(self) -> bool:
        return self.enabled and self.can_edit and bool(self.links) and not self.is_recalculating

    @property
    def is_recalculating(self) -> bool:
        """A reading is on its way; not from a site that does not answer, for it may take long."""
        if not self.follows or self.run is None:
            return False
        return self.run.connection_id not in {each.pk for each in self._failing}

    @property
    def sites(self) -> list[JiraConnection]:
        """Those of the links, each once."""
        return list({link.connection_id: link.connection for link in self.links}.values())

    @property
    def _failing(self) -> list[JiraConnection]:
        return [each for each in self.sites if each.failure_code]

    @property
    def is_failing(self) -> bool:
        return bool(self._failing)

    @property
    def silences(self) -> list[Silence]:
        """A sentence for each site that does not answer."""
        return [self._silence(each) for each in self._failing]

    def _silence(self, site: JiraConnection) -> Silence:
        if site.failure_code == RateLimited.code:
            said = str(site.failure)
            return Silence(f"{site.name}: {said}" if self.named else said, is_delayed=True)
        words = ALONE.format(
            name=site.name if self.named else "Jira",
            since=self._clock(site.read_at or site.failing_since),
            consequence=self._consequence(),
        )
        return Silence(words, is_delayed=False)

    def _consequence(self) -> str:
        answering = [each.name for each in self.sites if not each.failure_code]
        return OTHERS_FOLLOW.format(others=" and ".join(answering)) if answering else ALL_STAND

    def _clock(self, moment: datetime | None) -> str:
        """09:40, and on another day 3 May, 09:40."""
        since, now = timezone.localtime(moment or self.now), timezone.localtime(self.now)
        return f"{since:%H:%M}" if since.date() == now.date() else f"{since:%-d %B, %H:%M}"

    @property
    def poll_seconds(self) -> int:
        if self.run is None or not self.is_recalculating:
            return QUIET
        return SOON if self.now - self.run.asked_at < timedelta(minutes=1) else LATER

    @property
    def state(self) -> str:
        """Changes with whatever the page shows of Jira; the progress stands first. It goes into an
        address, and stays as short with a thousand links."""
        seen = [
            self.poll_seconds,
            [each.failure_code for each in self._failing],
            [(link.pk, link.last_read, link.failure_code) for link in self.links],
            self.history.state,
        ]
        return f"{self.key_result.progress} {sha256(repr(seen).encode()).hexdigest()[:16]}"


def links_with_findings() -> QuerySet[JiraLink]:
    """With how many issues each found, and whether its own lies in no chosen project."""
    is_outside = Exists(outside().filter(pk=OuterRef("issue")))
    rows = JiraLink.objects.select_related("issue")
    return rows.annotate(number=Count("linked"), is_outside=is_outside)


def _is_well(link: JiraLink) -> bool:
    unreadable = link.issue is not None and link.issue.unreadable_since is not None
    return not (link.failure_code or unreadable or getattr(link, "is_outside", False))


def _links(key_result: KeyResult, sites: Mapping[int, JiraConnection]) -> list[JiraLink]:
    """Those of a site share it: there may be hundreds of them."""
    links = list(links_with_findings().filter(key_result=key_result))
    for link in links:
        link.connection = sites[link.connection_id]
        if link.issue:
            link.issue.connection = link.connection
    return links


def _open_run(key_result: KeyResult, links: list[JiraLink]) -> SyncRun | None:
    """A reading that this page waits for: its own, or new percentages for all.

    That of a site that answers stands first.
    """
    ours = Q(key_result=key_result) | Q(key_result=None, trigger=Trigger.SETTINGS)
    failing = {link.connection_id for link in links if link.connection.failure_code}
    open_runs = SyncRun.objects.open().exclude(trigger=Trigger.HISTORY)
    found = open_runs.filter(ours, connection__links__key_result=key_result)
    return min(found.distinct(), key=lambda run: run.connection_id in failing, default=None)
