"""Writes a cycle of the demo company: objectives, key results, and what was checked in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from okr.demo.dates import Rhythm
from okr.demo.labels import put_tags_on
from okr.demo.tables import KeyResultRow, ObjectiveRow
from okr.models import (
    CheckIn,
    Confidence,
    KeyResult,
    Measurement,
    Milestone,
    Objective,
    Person,
    Unit,
    Visibility,
    carry_upward,
)

BATCH = 500
Rows = tuple[ObjectiveRow, ...]
People = dict[str, Person]


@dataclass(frozen=True, slots=True)
class Turn:
    """One check-in of a key result."""

    at: datetime
    value: Decimal | None
    confidence: Confidence
    note: str
    reached: tuple[str, ...] = ()


def plan(rhythm: Rhythm, rows: Rows, people: People, units: dict[str, Unit], now: datetime) -> None:
    """Writes the cycle with everything in it that had happened by `now`."""
    rhythm.cycle.save()
    objectives = [_objective(row, rhythm, people, units) for row in rows]
    Objective.objects.bulk_create(objectives, batch_size=BATCH)
    by_slug = {row.slug: each for each, row in zip(objectives, rows, strict=True) if row.slug}
    _align(objectives, rows, by_slug)
    _share(objectives, rows, people)
    _measure(objectives, rows, people, rhythm, now)
    _hand_on(objectives, rows)
    planned = rhythm.planned_at()
    rhythm.cycle.objectives.update(created_at=planned)
    KeyResult.objects.filter(objective__cycle=rhythm.cycle).update(created_at=planned)
    put_tags_on(rhythm.cycle)
    carry_upward([objective.pk for objective in objectives], now)


def _objective(
    row: ObjectiveRow, rhythm: Rhythm, people: People, units: dict[str, Unit]
) -> Objective:
    return Objective(
        cycle=rhythm.cycle,
        owner=people[row.owner],
        level=row.level,
        unit=units.get(row.unit),
        title=row.title,
        description=row.about,
        weight=row.weight,
        visibility=Visibility.CONFIDENTIAL if row.viewers else Visibility.PUBLIC,
    )


def _align(objectives: list[Objective], rows: Rows, by_slug: dict[str, Objective]) -> None:
    for objective, row in zip(objectives, rows, strict=True):
        objective.parent = by_slug[row.parent] if row.parent else None
    Objective.objects.bulk_update(objectives, ["parent"], batch_size=BATCH)
    through = Objective.supports.through
    through.objects.bulk_create(
        through(from_objective=objective, to_objective=by_slug[helped])
        for objective, row in zip(objectives, rows, strict=True)
        for helped in row.supports
    )


def _hand_on(objectives: list[Objective], rows: Rows) -> None:
    """Key results that somebody took on as an objective."""
    for objective, row in zip(objectives, rows, strict=True):
        if row.moves and objective.parent:
            objective.assigned_from = objective.parent.key_results.get(title=row.moves)
    Objective.objects.bulk_update(objectives, ["assigned_from"], batch_size=BATCH)


def _share(objectives: list[Objective], rows: Rows, people: People) -> None:
    through = Objective.viewers.through
    through.objects.bulk_create(
        through(objective=objective, person=people[viewer])
        for objective, row in zip(objectives, rows, strict=True)
        for viewer in row.viewers
    )


def _measure(
    objectives: list[Objective], rows: Rows, people: People, rhythm: Rhythm, now: datetime
) -> None:
    key_results: list[KeyResult] = []
    check_ins: list[CheckIn] = []
    planned: list[Milestone] = []
    for objective, objective_row in zip(objectives, rows, strict=True):
        for row in objective_row.key_results:
            turns = list(_turns(row, rhythm, seat=len(key_results), now=now))
            key_result = _key_result(row, objective, people[row.owner], turns)
            planned += _milestones(key_result, row, rhythm, turns)
            key_results.append(key_result)
            check_ins += [_check_in(key_result, turn) for turn in turns]
    KeyResult.objects.bulk_create(key_results, batch_size=BATCH)
    Milestone.objects.bulk_create(planned, batch_size=BATCH)
    measured = [each.measurement for each in check_ins if each.measurement]
    Measurement.objects.bulk_create(measured, batch_size=BATCH)
    CheckIn.objects.bulk_create(check_ins, batch_size=BATCH)


def _turns(row: KeyResultRow, rhythm: Rhythm, seat: int, now: datetime) -> Iterator[Turn]:
    """What was checked in until now; a judgement holds until the next one."""
    said = {said.turn: said for said in row.said}
    confidence = Confidence.ON_TRACK
    for number in range(1, max([len(row.entered), *said]) + 1):
        at, now_said = rhythm.at(number, seat), said.get(number)
        value = row.entered[number - 1] if number <= len(row.entered) else None
        confidence = now_said.confidence if now_said else confidence
        if at <= now and (now_said or value is not None):
            reached = tuple(step.title for step in row.steps if step.reached == number)
            yield Turn(at, value, confidence, now_said.note if now_said else "", reached)


def _key_result(
    row: KeyResultRow, objective: Objective, owner: Person, turns: list[Turn]
) -> KeyResult:
    measured = [(turn.at, turn.value) for turn in turns if turn.value is not None]
    key_result = KeyResult(
        objective=objective,
        owner=owner,
        title=row.title,
        kind=row.kind,
        measured_in=row.measured_in,
        start=row.start,
        target=row.target,
        weight=row.weight,
        current=measured[-1][1] if measured else row.start,
        measured_at=measured[-1][0] if measured else None,
        confidence=turns[-1].confidence if turns else "",
        checked_in_at=turns[-1].at if turns else None,
    )
    key_result.progress = (
        key_result.progress_of(key_result.current)
        if key_result.is_milestones
        else key_result.derived_progress()
    )
    return key_result


def _milestones(
    key_result: KeyResult, row: KeyResultRow, rhythm: Rhythm, turns: list[Turn]
) -> Iterator[Milestone]:
    when = {title: turn.at for turn in turns for title in turn.reached}
    for step in row.steps:
        done_at = when.get(step.title)
        yield Milestone(
            key_result=key_result,
            title=step.title,
            due_on=rhythm.cycle.starts_on + timedelta(weeks=step.week, days=-3),
            weight=step.weight,
            done_at=done_at,
            done_by=key_result.owner if done_at else None,
        )


def _check_in(key_result: KeyResult, turn: Turn) -> CheckIn:
    return CheckIn(
        key_result=key_result,
        by=key_result.owner,
        at=turn.at,
        confidence=turn.confidence,
        note=turn.note,
        measurement=None if turn.value is None else _measurement(key_result, turn, turn.value),
    )


def _measurement(key_result: KeyResult, turn: Turn, value: Decimal) -> Measurement:
    return Measurement(
        key_result=key_result,
        value=value,
        progress=key_result.progress_of(value),
        at=turn.at,
        by=key_result.owner,
        why={"reached": list(turn.reached)} if turn.reached else {},
    )
