"""The time before Jira fed a key result, as its changelogs tell it: one row, made anew as a whole.

It stands beside the measurements and is none of them: no number, pace or burn-up follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jira_integration.models.connection import JiraConnection
from jira_integration.models.link import NO_ACCESS
from jira_integration.models.settings import SOURCE, IntegrationSettings
from jira_integration.models.sync_run import SyncRun, Trigger
from okr.models import KeyResult, Person, Reading

MOST_ISSUES = 1_000


class Span(NamedTuple):
    """From the first moment of the cycle to the first reading, or to now before there is one."""

    since: datetime
    until: datetime


def span_of(key_result: KeyResult, now: datetime) -> Span | None:
    """What is not on record; None where Jira was there from the beginning.

    A tracking begins with the first number from Jira after the last one that was not from Jira.
    """
    day = key_result.objective.cycle.starts_on
    since = timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
    backward = reversed(key_result.history)
    followed = list(takewhile(lambda each: each.source == SOURCE, backward))
    until = followed[-1].at if followed else now
    return Span(since, until) if since < until else None


@dataclass(frozen=True, slots=True)
class Told:
    """The number of an evening, exactly, and as what its issues counted."""

    at: datetime
    share: Fraction
    why: dict[str, Any]

    @property
    def progress(self) -> Decimal:
        return Reading(0, self.share).settled


class ReconstructionQuerySet(models.QuerySet["Reconstruction"]):
    def of(self, key_result: KeyResult) -> "Reconstruction | None":
        return self.filter(key_result=key_result.pk).first()

    def ask(self, key_result: KeyResult, by: Person) -> bool:
        """Asks for the changelogs of its issues; False where nothing is missing from the record.

        Raises PermissionDenied for a person outside the allowlist, whatever the way here.
        """
        if not IntegrationSettings.load().may_link(by):
            raise PermissionDenied(NO_ACCESS)
        site = JiraConnection.objects.feeding(key_result).order_by("suspended", "pk").first()
        if site is None or span_of(key_result, timezone.now()) is None:
            return False
        SyncRun.objects.ask(site, Trigger.HISTORY, key_result=key_result, by=by)
        return True

    def remove(self, key_result: KeyResult) -> None:
        """And what would bring it back: a reading that waits, or is under way."""
        for run in SyncRun.objects.open().filter(key_result=key_result, trigger=Trigger.HISTORY):
            run.cancel()
        self.filter(key_result=key_result).delete()


class Reconstruction(models.Model):
    key_result = models.OneToOneField(
        KeyResult, on_delete=models.CASCADE, related_name="jira_reconstruction"
    )
    made_at = models.DateTimeField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    evenings = models.JSONField(
        default=list, help_text="What counted when a day with a change ended, oldest first."
    )
    issues = models.PositiveIntegerField(help_text="Those whose changelog could be read.")
    unread = models.PositiveIntegerField(default=0, help_text="Those whose changelog could not.")
    unknown = models.JSONField(
        default=list, blank=True, help_text="Names of statuses that Jira has no longer."
    )

    objects = ReconstructionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(since__lt=F("until")), name="a_reconstruction_takes_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key_result_id} from {self.since:%Y-%m-%d} to {self.until:%Y-%m-%d}"

    @property
    def told(self) -> Sequence[Told]:
        return [
            Told(datetime.fromisoformat(each["at"]), Fraction(each["share"]), each["why"])
            for each in self.evenings
        ]

    @property
    def points(self) -> list[tuple[datetime, Decimal]]:
        return [(each.at, each.progress) for each in self.told]

    def at(self, moment: datetime) -> Told | None:
        """What stood at a moment; None before anything counted, and from the first reading on."""
        if moment >= self.until:
            return None
        known = [each for each in self.told if each.at <= moment]
        return known[-1] if known else None
