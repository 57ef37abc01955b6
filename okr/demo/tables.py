"""The shapes in which the demo company is told, and short words to tell it with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from okr.models import Confidence, Kind, Level
from okr.progress import Step, share_done

NOTHING_ENTERED = "-"
NO_DAY = date.min


@dataclass(frozen=True, slots=True)
class PersonRow:
    email: str
    name: str
    designation: str
    reports_to: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    name: str
    parent: str
    lead: str
    people: tuple[PersonRow, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What the owner judged in one of the cycle's check-ins, counted from 1."""

    turn: int
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A milestone that is due at the end of a week; `reached` is the check-in, or None."""

    title: str
    week: int
    reached: int | None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class KeyResultRow:
    """A key result with what was entered in each check-in; None where only a judgement was."""

    title: str
    owner: str
    kind: Kind
    measured_in: str
    start: Decimal
    target: Decimal
    entered: tuple[Decimal | None, ...]
    said: tuple[Said, ...]
    weight: int
    steps: tuple[StepRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    slug: str
    title: str
    owner: str
    level: Level
    unit: str
    parent: str
    weight: int
    about: str
    viewers: tuple[str, ...]
    key_results: tuple[KeyResultRow, ...]
    supports: tuple[str, ...] = ()
    moves: str = ""
    """The title of the key result above that it was assigned from."""


@dataclass(frozen=True, slots=True)
class EndRow:
    """What the owner wrote when they closed an objective."""

    title: str
    score: str
    words: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    title: str
    reviewer: str
    rating: int
    outcome: str
    words: str


def company(
    slug: str,
    title: str,
    owner: str,
    *key_results: KeyResultRow,
    about: str = "",
    viewers: tuple[str, ...] = (),
) -> ObjectiveRow:
    return ObjectiveRow(
        slug, title, owner, Level.COMPANY, "", "", 1, about, viewers, tuple(key_results)
    )


def unit(
    name: str,
    slug: str,
    title: str,
    owner: str,
    *key_results: KeyResultRow,
    parent: str,
    weight: int = 1,
    about: str = "",
    viewers: tuple[str, ...] = (),
) -> ObjectiveRow:
    return ObjectiveRow(
        slug, title, owner, Level.UNIT, name, parent, weight, about, viewers, tuple(key_results)
    )


def individual(
    owner: str,
    title: str,
    *key_results: KeyResultRow,
    parent: str,
    weight: int = 1,
    about: str = "",
    **links: Any,
) -> ObjectiveRow:
    """`links` are `supports` and `moves`."""
    level, shown_to = Level.INDIVIDUAL, ()
    return ObjectiveRow(
        "", title, owner, level, "", parent, weight, about, shown_to, tuple(key_results), **links
    )


def number(
    title: str,
    owner: str,
    measured_in: str,
    way: tuple[float, float],
    entered: str,
    *said: Said,
    weight: int = 1,
    kind: Kind = Kind.NUMBER,
) -> KeyResultRow:
    """`way` leads from the start to the target; `entered` holds a value for each check-in."""
    start, target = (Decimal(str(end)) for end in way)
    values = tuple(
        None if value == NOTHING_ENTERED else Decimal(value) for value in entered.split()
    )
    return KeyResultRow(title, owner, kind, measured_in, start, target, values, said, weight)


def percent(
    title: str, owner: str, way: tuple[float, float], entered: str, *said: Said, weight: int = 1
) -> KeyResultRow:
    return number(title, owner, "", way, entered, *said, weight=weight, kind=Kind.PERCENT)


def money(
    title: str, owner: str, way: tuple[float, float], entered: str, *said: Said, weight: int = 1
) -> KeyResultRow:
    return number(title, owner, "€", way, entered, *said, weight=weight, kind=Kind.CURRENCY)


def yes_no(title: str, owner: str, entered: str, *said: Said, weight: int = 1) -> KeyResultRow:
    return number(title, owner, "", (0, 1), entered, *said, weight=weight, kind=Kind.YES_NO)


def stay(
    kind: Kind,
    title: str,
    owner: str,
    measured_in: str,
    threshold: float,
    entered: str,
    *said: Said,
) -> KeyResultRow:
    return number(title, owner, measured_in, (0, threshold), entered, *said, kind=kind)


def milestones(
    title: str, owner: str, steps: tuple[StepRow, ...], *said: Said, weight: int = 1
) -> KeyResultRow:
    """What is entered follows from which steps were reached by a check-in."""
    last = max((step.reached or 0 for step in steps), default=0)
    entered = tuple(_share_at(steps, turn) for turn in range(1, last + 1))
    ways = (Decimal(0), Decimal(100))
    return KeyResultRow(title, owner, Kind.MILESTONES, "", *ways, entered, said, weight, steps)


def _share_at(steps: tuple[StepRow, ...], turn: int) -> Decimal | None:
    if not any(step.reached == turn for step in steps):
        return None
    reached = [(step, step.reached is not None and step.reached <= turn) for step in steps]
    return share_done(Step(Decimal(step.weight), NO_DAY, done) for step, done in reached)


def on(turn: int, note: str) -> Said:
    return Said(turn, Confidence.ON_TRACK, note)


def risk(turn: int, note: str) -> Said:
    return Said(turn, Confidence.AT_RISK, note)


def off(turn: int, note: str) -> Said:
    return Said(turn, Confidence.OFF_TRACK, note)
