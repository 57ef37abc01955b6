"""What one person sees of Jira on the page of one key result."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
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
from jira_integration.models.link import JiraLinkQuerySet
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
        links = list(_links(key_result))
        number, now = JiraConnection.objects.count(), timezone.now()
        can_edit, may_see = may_edit(person, key_result), settings.may_link(person)
        return cls(
            key_result=key_result,
            links=links,
            enabled=settings.enabled and number > 0,
            can_edit=can_edit,
            may_see=may_see,
            named=number > 1,
            run=_open_run(key_result, links),
            history=Retelling.of(key_result, links, now, asks=can_edit and may_see),
            now=now,
        )

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
        """Changes with whatever the page shows of Jira; the progress stands first."""
        seen = [
            self.key_result.progress,
            self.poll_seconds,
            *(each.failure_code for each in self._failing),
            *((link.pk, link.last_read, link.failure_code) for link in self.links),
            self.history.state,
        ]
        return " ".join(str(part).replace(" ", "_") for part in seen)


def _links(key_result: KeyResult) -> JiraLinkQuerySet:
    rows = JiraLink.objects.filter(key_result=key_result).select_related(
        "connection", "issue__connection"
    )
    is_outside = Exists(outside().filter(pk=OuterRef("issue")))
    return rows.annotate(number=Count("linked"), is_outside=is_outside)


def _open_run(key_result: KeyResult, links: list[JiraLink]) -> SyncRun | None:
    """A reading that this page waits for: its own, or new percentages for all.

    That of a site that answers stands first.
    """
    ours = Q(key_result=key_result) | Q(key_result=None, trigger=Trigger.SETTINGS)
    failing = {link.connection_id for link in links if link.connection.failure_code}
    open_runs = SyncRun.objects.open().exclude(trigger=Trigger.HISTORY)
    found = open_runs.filter(ours, connection__links__key_result=key_result)
    return min(found.distinct(), key=lambda run: run.connection_id in failing, default=None)
