"""Key results of every kind, each with a path of values from its first moment to its last."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from bench.at_size import words
from bench.at_size.size import Size
from bench.at_size.staff import Staff
from bench.at_size.tree import Aim
from okr.models import Confidence, Kind
from okr.pages.calendar import start_of
from okr.progress import holds, settle, suggest_confidence, toward

FOLLOWS = 0.2
"""How many of the key results follow work elsewhere."""
BY_ANOTHER, WAITS, JUDGED_HIGHER = 0.15, 0.25, 0.1
WAITS_FOR = timedelta(days=9)
MILESTONES = 4
KINDS = (
    (Kind.PERCENT, 50), (Kind.NUMBER, 22), (Kind.CURRENCY, 10), (Kind.YES_NO, 6),
    (Kind.MILESTONES, 6), (Kind.STAY_ABOVE, 4), (Kind.STAY_BELOW, 2),
)  # fmt: skip
UNITS = {Kind.NUMBER: "clinics", Kind.CURRENCY: "€", Kind.STAY_ABOVE: "%", Kind.STAY_BELOW: "days"}
ISSUES = (3, 5, 8, 8, 13, 30)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was measured, and how somebody judged it; `done` of its issues at that time."""

    at: datetime
    value: Decimal
    progress: Decimal
    confidence: str
    done: int = 0


@dataclass(slots=True)
class Number:
    pk: int
    aim: Aim
    owner: int
    title: str
    kind: Kind
    start: Decimal
    target: Decimal
    issues: int
    moments: list[Moment] = field(default_factory=list)

    @property
    def last(self) -> Moment:
        return self.moments[-1]


def numbers_of(aims: list[Aim], staff: Staff, size: Size, chance: Random) -> Iterator[Number]:
    kinds, weights = zip(*KINDS, strict=True)
    mates: dict[int, list[int]] = {}
    for member in staff.members:
        mates.setdefault(member.unit, []).append(member.pk)
    pk = 0
    for aim in aims:
        for _ in range(size.key_results_each):
            pk += 1
            kind: Kind = chance.choices(kinds, weights)[0]
            another = not aim.hidden and chance.random() < BY_ANOTHER
            owner = chance.choice(mates[aim.unit]) if another else aim.owner
            follows = kind in (Kind.PERCENT, Kind.NUMBER) and chance.random() < FOLLOWS / 0.72
            number = _number(pk, aim, owner, kind, follows, chance)
            number.moments = list(_moments(number, size.moments, chance))
            yield number


def _number(pk: int, aim: Aim, owner: int, kind: Kind, follows: bool, chance: Random) -> Number:
    start, target = Decimal(0), Decimal(100)
    if kind in (Kind.NUMBER, Kind.CURRENCY):
        start = Decimal(chance.choice((0, 0, 200)))
        target = start + 100 * chance.choice((1, 3, 12))
    elif kind == Kind.YES_NO:
        target = Decimal(1)
    elif kind in (Kind.STAY_ABOVE, Kind.STAY_BELOW):
        target = Decimal(60)
    issues = chance.choice(ISSUES) if follows else 0
    return Number(pk, aim, owner, words.measure(chance), kind, start, target, issues)


def _moments(number: Number, times: int, chance: Random) -> Iterator[Moment]:
    """Evenly over the time that has passed; some owners have not been heard of for a while."""
    ends_at = chance.randint(5, 100)
    lag = WAITS_FOR if chance.random() < WAITS else timedelta(hours=chance.randint(1, 90))
    period = number.aim.period
    whole = period.last_day - lag
    begins = start_of(period.starts_on)
    for each in range(1, times + 1):
        passed = Decimal(each) / times
        value, progress, done = _reached(number, ends_at * each // times)
        calendar = passed * (100 if period.is_over else 46)
        judged = suggest_confidence(progress, calendar)
        if chance.random() < JUDGED_HIGHER:
            judged = Confidence.AT_RISK.value
        yield Moment(begins + whole * each / times, value, progress, judged, done)


def _reached(number: Number, share: int) -> tuple[Decimal, Decimal, int]:
    """The value and the progress after a share of the way; of issues whole ones count."""
    start, target = number.start, number.target
    match number.kind:
        case Kind.YES_NO:
            value = Decimal(share >= 75)
        case Kind.MILESTONES:
            value = Decimal(share * MILESTONES // 100 * 100 // MILESTONES)
        case Kind.STAY_ABOVE | Kind.STAY_BELOW:
            above = number.kind == Kind.STAY_ABOVE
            return Decimal(share), holds(Decimal(share), target, above=above), 0
        case _:
            value = start + (target - start) * share / 100
    if not number.issues:
        return value, _toward(start, value, target), 0
    done = share * number.issues // 100
    progress = _mean(done, number.issues)
    return (start + (target - start) * progress / 100), progress, done


def _toward(start: Decimal, value: Decimal, target: Decimal) -> Decimal:
    key = (start, value, target)
    if key not in _known:
        _known[key] = toward(*key)
    return _known[key]


def _mean(done: int, issues: int) -> Decimal:
    key = (done, issues)
    if key not in _known:
        _known[key] = settle(Fraction(100 * done + 50 * (done < issues), issues))
    return _known[key]


_known: dict[tuple[Any, ...], Decimal] = {}
