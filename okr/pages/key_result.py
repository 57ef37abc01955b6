"""The page of a key result: its number, its history and what people said about it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.utils import timezone

from okr import slots
from okr.models import CheckIn, Cycle, KeyResult, Measurement, Milestone, Objective, Person
from okr.pages import words
from okr.pages.calendar import Calendar, start_of
from okr.pages.changes import Changes, changes_of
from okr.pages.ending import carried_key_results
from okr.pages.kin import path_above
from okr.pages.paging import page_of
from okr.pages.rows import Row, row_of
from okr.progress import NONE

CHECK_INS_A_PAGE = 10
MOST_POINTS = 240
MOST_MARKS = 40
Dated = tuple[datetime, Decimal]
Event = tuple[datetime, Decimal, str, str]


@dataclass(frozen=True, slots=True)
class KeyResultPage:
    row: Row
    calendar: Calendar
    above: list[Objective]
    points: list[Dated]
    events: list[Event]
    check_ins: "Page[CheckIn]"
    assigned: Objective | None
    changes: Changes
    carried_from: KeyResult | None
    carried_on: list[KeyResult]
    correctable: int | None
    footnotes: dict[int, list[Any]]

    @property
    def key_result(self) -> KeyResult:
        return self.row.key_result

    @property
    def said(self) -> list[tuple[CheckIn, list[Any]]]:
        """Each check-in of this page with what integrations put below it."""
        return [(each, self.footnotes.get(each.pk, [])) for each in self.check_ins]

    @property
    def reconstructed(self) -> slots.Reconstruction | None:
        return slots.reconstructed(self.key_result)

    @property
    def by_hand(self) -> str:
        return words.by_hand(self.key_result)

    @property
    def due(self) -> list[Dated]:
        return due_in(self.key_result, self.calendar.cycle)

    @property
    def milestones(self) -> list[tuple[Milestone, bool]]:
        """Each with whether it is late."""
        today = self.calendar.today
        if not self.key_result.is_milestones:
            return []
        return [(each, each.is_late(today)) for each in self.key_result.milestones.all()]


def key_result_page(
    key_result: KeyResult,
    person: Person,
    calendar: Calendar,
    number: str | None,
    *,
    all_changes: bool = False,
) -> KeyResultPage:
    """Everything on the page; `number` is the page of check-ins that was asked for."""
    check_ins = key_result.check_ins.select_related("by", "measurement", "corrected_by__by")
    measurements = key_result.history
    row = row_of(key_result, person, calendar, measurements)
    points = thinned([(each.at, each.progress) for each in measurements])
    carried_from, carried_on = carried_key_results(key_result, person)
    shown = page_of(check_ins, CHECK_INS_A_PAGE, number)
    events = [*moves(measurements), *marks(list(check_ins.standing()[:MOST_MARKS]), points)]
    return KeyResultPage(
        row=row,
        calendar=calendar,
        above=[*path_above(key_result.objective, person), key_result.objective],
        points=points,
        events=sorted(events),
        check_ins=shown,
        assigned=_assigned(key_result, person),
        changes=changes_of(key_result, person, whole=all_changes),
        carried_from=carried_from,
        carried_on=carried_on,
        correctable=_correctable(key_result, person) if row.can_edit else None,
        footnotes=slots.footnotes(person, key_result, list(shown)),
    )


def due_in(key_result: KeyResult, cycle: Cycle) -> list[Dated]:
    """What is expected from when on; nothing where that is an even climb."""
    if not (key_result.is_threshold or key_result.is_milestones):
        return []
    days = sorted({cycle.starts_on, *(step.due_on for step in key_result.steps)})
    return [(start_of(day), key_result.expected(NONE, day)) for day in days]


def _assigned(key_result: KeyResult, person: Person) -> Objective | None:
    """What moves it, where the person may see that."""
    if key_result.moved_by_objective is None:
        return None
    seen = Objective.objects.visible_to(person).select_related("owner")
    return seen.filter(assigned_from=key_result).first()


def _correctable(key_result: KeyResult, person: Person) -> int | None:
    return key_result.check_ins.editable_by(person).values_list("pk", flat=True).first()


def thinned(points: list[Dated]) -> list[Dated]:
    """A long history keeps the last point of each day: a chart cannot show more."""
    if len(points) <= MOST_POINTS:
        return points
    by_day = {timezone.localdate(at): (at, progress) for at, progress in points}
    return list(by_day.values())


def moves(measurements: Sequence[Measurement]) -> list[Event]:
    """What is known about why the number moved, as marks on the line; the latest ones."""
    reasons = reasons_of(measurements)
    told = [(each, reasons[each.pk]) for each in measurements if each.pk in reasons]
    return [(each.at, each.progress, why.shape, why.words) for each, why in told[-MOST_MARKS:]]


def reasons_of(measurements: Sequence[Measurement]) -> dict[int, slots.Reason]:
    """Why the number moved, as far as it is known; `measurements` are one history."""
    return milestone_reasons(measurements) | slots.reasons(measurements)


def milestone_reasons(measurements: Sequence[Measurement]) -> dict[int, slots.Reason]:
    """Which milestones were reached, or found to be open after all."""
    told = {}
    for each in measurements:
        reached, reopened = each.why.get("reached", ()), each.why.get("reopened", ())
        words = [f"Reached: {title}" for title in reached]
        words += [f"Open again: {title}" for title in reopened]
        if words:
            told[each.pk] = slots.Reason("dot" if reached else "return", ". ".join(words))
    return told


def marks(check_ins: Sequence[CheckIn], points: Sequence[Dated]) -> list[Event]:
    """Check-ins as marks on the line of the history, oldest first."""
    moments = [at for at, _ in points]
    return [
        (check_in.at, _progress_at(check_in.at, moments, points), "pencil", _told(check_in))
        for check_in in sorted(check_ins, key=lambda each: each.at)
    ]


def _progress_at(at: datetime, moments: list[datetime], points: Sequence[Dated]) -> Decimal:
    known = bisect_right(moments, at)
    return points[known - 1][1] if known else NONE


def _told(check_in: CheckIn) -> str:
    return f"{check_in.by} checked in: {check_in.get_confidence_display()}"
