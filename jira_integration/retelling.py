"""What a page says of the time before Jira fed a number: whether it is drawn, and from what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

from django.utils import timezone

from jira_integration.calculation import Method
from jira_integration.explanation import issues_counted, plain, sum_told, tenth
from jira_integration.keeping import counts_of, method_of, same_method, weights_of
from jira_integration.models import (
    JiraLink,
    LinkKind,
    Reconstruction,
    State,
    SyncRun,
    Trigger,
)
from jira_integration.models.reconstruction import Span, span_of
from okr.models import KeyResult

SEARCHED = "Which issues a search found at that time is not known; today's are used."
LINKED = "The issues that are linked today are used."


@dataclass(frozen=True, slots=True)
class OnDay:
    """What an evening is reconstructed as: the formula, and the exact percentage."""

    sum: str
    exact: str


@dataclass(frozen=True, slots=True)
class Retelling:
    """`run` is the latest reading of the past, `missing` what is not on record."""

    made: Reconstruction | None
    run: SyncRun | None
    missing: Span | None
    searches: bool

    @classmethod
    def of(
        cls, key_result: KeyResult, links: Sequence[JiraLink], now: datetime, *, asks: bool
    ) -> Self:
        """`asks`: whether somebody looks at it who may ask for it."""
        made = made_of(key_result)
        return cls(
            made=made,
            run=SyncRun.objects.filter(key_result=key_result, trigger=Trigger.HISTORY).first(),
            missing=span_of(key_result, now) if asks and links and not made else None,
            searches=any(link.kind != LinkKind.ISSUE for link in links),
        )

    @property
    def is_shown(self) -> bool:
        return bool(self.made or self.missing or self.is_under_way)

    @property
    def state(self) -> str:
        """Changes with whatever the page shows of it."""
        run, made = self.run, self.made
        return f"{run and (run.pk, run.state, run.read)} {made and made.made_at}"

    @property
    def is_under_way(self) -> bool:
        return self.run is not None and self.run.is_open

    @property
    def failure(self) -> str:
        """Why the last try drew nothing; empty where it did, or was stopped by a person."""
        ended = self.run is not None and self.run.state == State.FAILED
        return str(self.run.failure) if self.run and ended else ""

    @property
    def step(self) -> str:
        if self.run is None or self.run.state == State.WAITING:
            return "The history is read as soon as Jira has time for it."
        if not self.run.read:
            return "Reading what happened in Jira."
        return f"Reading what happened in Jira: {self.run.read:,} of {self.run.planned:,} issues."

    @property
    def began(self) -> str:
        return f"{timezone.localtime(self.missing.since):%-d %B}" if self.missing else ""

    @property
    def drawn(self) -> str:
        """1 October to 12 November is reconstructed from what happened to 13 issues in Jira."""
        if self.made is None:
            return ""
        first, last = timezone.localtime(self.made.since), timezone.localtime(self.made.until)
        told = issues_counted(self.made.issues)
        if not self.made.evenings:
            return f"From {first:%-d %B} to {last:%-d %B} none of {told} counted yet."
        return (
            f"{first:%-d %B} to {last:%-d %B} is reconstructed from what happened to {told}"
            " in Jira. It counts nowhere else."
        )

    @property
    def limits(self) -> list[str]:
        """What cannot be known, in sentences without a name of an issue."""
        if self.made is None:
            return []
        told = [SEARCHED if self.searches else LINKED]
        if self.made.unread:
            verb = (
                "has no history that can be read and is"
                if self.made.unread == 1
                else ("have no history that can be read and are")
            )
            told.append(f"{issues_counted(self.made.unread)} {verb} left out of it.")
        if self.made.unknown:
            told.append("Statuses that Jira no longer has count as To Do.")
        return told

    def is_told_otherwise(self, method: Method) -> bool:
        """Whether it was worked out by another method than that of the number of today."""
        evenings = self.made.told if self.made else []
        return bool(evenings) and not same_method(method_of(evenings[-1].why), method)

    def on(self, day: date) -> OnDay | None:
        """For a day on which nothing is on record; None where nothing can be told of it either."""
        evening = timezone.make_aware(datetime.combine(day, time.max))
        told = self.made and self.made.at(evening)
        if not told:
            return None
        sentence = sum_told(weights_of(told.why), counts_of(told.why), method_of(told.why))
        return OnDay(sentence, f"{plain(tenth(told.share))}%")


def made_of(key_result: KeyResult) -> Reconstruction | None:
    """Asked for once, however many parts of a page speak of it."""
    made: Reconstruction | None = getattr(key_result, "jira_reconstruction", None)
    return made
