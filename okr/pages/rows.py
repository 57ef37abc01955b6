"""A key result as a row of a page: its number, where that comes from, and its last weeks."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects

from okr import slots
from okr.access import may_edit, with_rights
from okr.models import Confidence, KeyResult, Measurement, Person
from okr.models.due import CHECK_IN_EVERY, week_before
from okr.models.key_result import KeyResultQuerySet
from okr.pages import words
from okr.pages.calendar import Calendar
from okr.progress import NONE, WHOLE, shown

WORST_FIRST = (Confidence.OFF_TRACK, Confidence.AT_RISK, Confidence.ON_TRACK)


@dataclass(frozen=True, slots=True)
class Row:
    key_result: KeyResult
    source: slots.Source | None
    weeks: list[Decimal]
    calendar: Calendar
    can_edit: bool

    @property
    def expected(self) -> Decimal:
        return self.key_result.expected(self.calendar.expected, self.calendar.today)

    @property
    def against_pace(self) -> str:
        return words.against(self.key_result, self.expected)

    @property
    def calendar_words(self) -> str:
        """Milestones go by their own days, and a threshold by none."""
        within = self.calendar.cycle.starts_on <= self.calendar.today <= self.calendar.cycle.ends_on
        if within and self.key_result.is_milestones:
            return f"{self.calendar.week} · milestones due by now {shown(self.expected)}"
        if within and self.key_result.is_threshold:
            return self.calendar.week
        return self.calendar.words

    @property
    def read_at(self) -> datetime | None:
        return self.source.read_at if self.source else self.key_result.measured_at

    @property
    def source_name(self) -> str:
        """What is told of every number: by hand, from an objective, or which integration."""
        if self.source:
            return self.source.name
        if self.key_result.moved_by_objective:
            return "From an objective"
        return self.key_result.tracked_by or "By hand"

    @property
    def age_label(self) -> str:
        return "data" if self.source else ""

    @property
    def stale_after(self) -> timedelta | None:
        """An integration says itself when its reading is stale; a value by hand ages in a week."""
        if self.source:
            return timedelta(0) if self.source.stale else None
        fed = self.key_result.moved_by_objective is not None
        return CHECK_IN_EVERY if self.is_on_its_way and not fed else None

    @property
    def is_on_its_way(self) -> bool:
        """A threshold can be broken until the last day."""
        is_open = self.key_result.progress != WHOLE or self.key_result.is_threshold
        return self.calendar.is_running and is_open

    def is_waiting(self, now: datetime) -> bool:
        """Whether it is on its way and nobody has judged it for a week."""
        last = self.key_result.checked_in_at
        return self.is_on_its_way and (last is None or last < week_before(now))


def rows_of(key_results: KeyResultQuerySet, person: Person, calendar: Calendar) -> list[Row]:
    """One row for each key result, in two queries and what the integrations ask."""
    weeks = calendar.recent_weeks()
    found = list(with_weeks(with_rights(key_results.for_rows(), person), weeks))
    with_milestones(found)
    sources = slots.sources(found)
    return [
        Row(
            key_result=key_result,
            source=sources.get(key_result.pk),
            weeks=_line(key_result, len(weeks)),
            calendar=calendar,
            can_edit=may_edit(person, key_result),
        )
        for key_result in found
    ]


def row_of(
    key_result: KeyResult, person: Person, calendar: Calendar, history: Sequence[Measurement]
) -> Row:
    """That of a key result which is read already, with all that stands of its history."""
    with_milestones([key_result])
    return Row(
        key_result=key_result,
        source=slots.sources([key_result]).get(key_result.pk),
        weeks=_line_of(history, calendar.recent_weeks()),
        calendar=calendar,
        can_edit=may_edit(person, key_result),
    )


def with_milestones(key_results: Iterable[KeyResult]) -> None:
    """Reads them where there are any."""
    planned = [each for each in key_results if each.is_milestones]
    prefetch_related_objects(planned, "milestones__done_by")


def with_weeks(key_results: QuerySet[KeyResult], weeks: Sequence[datetime]) -> QuerySet[KeyResult]:
    """Adds what was known at the end of each week: an index look-up, not a read of the history."""
    measured = Measurement.objects.filter(key_result=OuterRef("pk")).order_by("-at", "-id")
    return key_results.annotate(
        **{
            f"week_{number}": Subquery(measured.filter(at__lte=moment).values("progress")[:1])
            for number, moment in enumerate(weeks)
        }
    )


def _line_of(history: Sequence[Measurement], weeks: Sequence[datetime]) -> list[Decimal]:
    moments = [each.at for each in history]
    known = [bisect_right(moments, week) for week in weeks]
    return [history[each - 1].progress if each else NONE for each in known] if any(known) else []


def _line(key_result: KeyResult, count: int) -> list[Decimal]:
    values = [getattr(key_result, f"week_{number}") for number in range(count)]
    if not any(value is not None for value in values):
        return []
    return [Decimal(0) if value is None else value for value in values]


def lowest(confidences: Iterable[str]) -> str:
    """The judgement that needs attention most; empty where nobody has judged."""
    given = set(confidences)
    return next((level for level in WORST_FIRST if level in given), "")
