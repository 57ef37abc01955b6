"""What one person sees of Jira on the page of one key result."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from jira_integration.client import RateLimited
from jira_integration.models import (
    SOURCE,
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    SyncRun,
    Trigger,
)
from jira_integration.models.link import JiraLinkQuerySet
from okr.access import may_edit
from okr.models import KeyResult, Person

QUIET, SOON, LATER = 5, 2, 5
"""Seconds between two looks: when nothing is awaited, in the first minute of a run, after it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """`links` know how many issues they found; `run` is the reading that this page waits for."""

    key_result: KeyResult
    links: list[JiraLink]
    enabled: bool
    can_edit: bool
    may_see: bool
    connection: JiraConnection | None
    run: SyncRun | None
    now: datetime

    @classmethod
    def of(cls, key_result: KeyResult, person: Person) -> "Sight":
        settings = IntegrationSettings.load()
        connection = JiraConnection.objects.first()
        return cls(
            key_result=key_result,
            links=list(_links(key_result)),
            enabled=settings.enabled and connection is not None,
            can_edit=may_edit(person, key_result),
            may_see=settings.may_link(person),
            connection=connection,
            run=_open_run(key_result),
            now=timezone.now(),
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
        """A reading is on its way; not while Jira does not answer, for then it may take long."""
        return self.follows and self.run is not None and not self.is_failing

    @property
    def is_failing(self) -> bool:
        return self.connection is not None and bool(self.connection.failure_code)

    @property
    def is_delayed(self) -> bool:
        """Jira asked us to slow down: that ends by itself."""
        return self.connection is not None and self.connection.failure_code == RateLimited.code

    @property
    def silent_since(self) -> datetime | None:
        """Since when Jira has not answered; None while it does."""
        if self.connection is None or not self.is_failing:
            return None
        return self.connection.read_at or self.connection.failing_since

    @property
    def silent_words(self) -> str:
        """09:40, and on another day 3 May, 09:40."""
        if self.silent_since is None:
            return ""
        since, now = timezone.localtime(self.silent_since), timezone.localtime(self.now)
        return f"{since:%H:%M}" if since.date() == now.date() else f"{since:%-d %B, %H:%M}"

    @property
    def poll_seconds(self) -> int:
        if self.run is None or not self.is_recalculating:
            return QUIET
        return SOON if self.now - self.run.asked_at < timedelta(minutes=1) else LATER

    @property
    def state(self) -> str:
        """Changes with whatever the page shows of Jira; the progress stands first."""
        connection = self.connection
        seen = [
            self.key_result.progress,
            self.poll_seconds,
            connection and connection.failure_code,
            *((link.pk, link.last_read, link.failure_code) for link in self.links),
        ]
        return " ".join(str(part).replace(" ", "_") for part in seen)


def _links(key_result: KeyResult) -> JiraLinkQuerySet:
    rows = JiraLink.objects.filter(key_result=key_result).select_related("issue", "connection")
    return rows.annotate(number=Count("linked"))


def _open_run(key_result: KeyResult) -> SyncRun | None:
    """A reading that this page waits for: its own, or new percentages for all."""
    ours = Q(key_result=key_result) | Q(key_result=None, trigger=Trigger.SETTINGS)
    return SyncRun.objects.open().filter(ours).first()
