"""The arithmetic of progress. Pure functions; every percentage on any screen comes from here.

A progress is a Decimal in percent, from 0 to 100, kept to four places.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

PLACES = Decimal("0.0001")
EXACT = Context(prec=200)  # more digits than a sum of what is stored, or a tie of two, can need
TENTH = Decimal("0.1")
SETTLED_AT_MOST = 4_096
NONE, WHOLE = Decimal("0.0000"), Decimal("100.0000")
AT_RISK_BEYOND, OFF_TRACK_BEYOND = Decimal(10), Decimal(25)


@dataclass(frozen=True, slots=True)
class Step:
    """One dated milestone, with how much it counts."""

    weight: Decimal
    due_on: date
    is_done: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that counts toward a roll-up; a progress of None counts as not yet measured."""

    progress: Decimal | None
    weight: Decimal


@lru_cache(SETTLED_AT_MOST)
def settle(percent: Fraction) -> Decimal:
    """The exact percentage, bounded to 0..100 and kept to four places (halves rounded up)."""
    return _settled(Decimal(percent.numerator), Decimal(percent.denominator))


def _settled(of: Decimal, by: Decimal) -> Decimal:
    bounded = min(max(EXACT.divide(of, by), NONE), WHOLE)
    return bounded.quantize(PLACES, ROUND_HALF_UP)


def toward(start: Decimal, current: Decimal, target: Decimal) -> Decimal:
    """How far `current` has come from `start` to `target`, whichever way it must move.

    Raises ValueError where start and target are equal: there is no way to go.
    """
    if start == target:
        raise ValueError("start and target must differ")
    return settle(Fraction(current - start) / Fraction(target - start) * 100)


def value_at(start: Decimal, progress: Decimal, target: Decimal) -> Decimal:
    """The value between start and target that stands for a progress; six places."""
    exact = start + (target - start) * progress / 100
    return exact.quantize(Decimal("0.000001"), ROUND_HALF_UP)


def rollup(parts: Iterable[Part]) -> Decimal | None:
    """The weighted mean of the parts that have been measured; None where nothing counts."""
    total, summed = Decimal(0), Decimal(0)
    for part in parts:
        if part.progress is not None and part.weight > 0:
            total = EXACT.add(total, part.weight)
            summed = EXACT.add(summed, EXACT.multiply(part.progress, part.weight))
    return _settled(summed, total) if total else None


def share_done(steps: Iterable[Step]) -> Decimal | None:
    """The weight of what is done in the weight of all; None where nothing counts."""
    return _share(steps, lambda step: step.is_done)


def share_due(steps: Iterable[Step], today: date) -> Decimal | None:
    """The share that the dates of the steps expect to be done at the end of `today`."""
    return _share(steps, lambda step: step.due_on <= today)


def _share(steps: Iterable[Step], counts: Callable[[Step], bool]) -> Decimal | None:
    return rollup(Part(WHOLE if counts(step) else NONE, step.weight) for step in steps)


def rebase(start: Decimal, current: Decimal, target: Decimal) -> tuple[Decimal, Decimal] | None:
    """The way that is left, from where it stands to the same target; None where none is left."""
    return None if toward(start, current, target) == WHOLE else (current, target)


def same_day(day: date, starts_on: date, later_starts_on: date, later_ends_on: date) -> date:
    """The day as far into a later period as it was into an earlier one, and inside it."""
    moved = later_starts_on + (day - starts_on)
    return min(max(moved, later_starts_on), later_ends_on)


def holds(value: Decimal, threshold: Decimal, *, above: bool) -> Decimal:
    """All or nothing: whether a value keeps to its side of the threshold, which itself holds."""
    return WHOLE if (value >= threshold if above else value <= threshold) else NONE


def pace(starts_on: date, ends_on: date, today: date) -> Decimal:
    """The share of a period that is over at the end of `today`, both ends included."""
    days, passed = (ends_on - starts_on).days + 1, (today - starts_on).days + 1
    return settle(Fraction(passed * 100, days))


def gap(progress: Decimal | None, expected: Decimal) -> Decimal:
    """Signed points ahead of (+) or behind (-) the expected progress."""
    return (progress or NONE) - expected


def suggest_confidence(progress: Decimal | None, expected: Decimal) -> str:
    """What the calendar alone would say; the judgement stays a person's."""
    behind = -gap(progress, expected)
    if behind <= AT_RISK_BEYOND:
        return "on_track"
    return "at_risk" if behind <= OFF_TRACK_BEYOND else "off_track"


def whole(progress: Decimal) -> int:
    """The percentage to show: never rounded up to 100 nor down to 0."""
    if NONE < progress < 1:
        return 1
    if Decimal(99) < progress < WHOLE:
        return 99
    return int(progress.quantize(Decimal(1), ROUND_HALF_UP))


def shown(progress: Decimal | None) -> str:
    return "–" if progress is None else f"{whole(progress)}%"


def score(progress: Decimal | None) -> Decimal:
    """A progress as a score from 0.0 to 1.0: only the whole is 1.0, and only nothing is 0.0."""
    if not progress or progress == WHOLE:
        return Decimal("1.0") if progress else Decimal("0.0")
    tenths = (progress / 100).quantize(TENTH, ROUND_HALF_UP)
    return min(max(tenths, TENTH), Decimal("0.9"))


def points(difference: Decimal) -> int:
    """A difference of percentages in whole points, cut toward zero."""
    return int(difference.quantize(Decimal(1), ROUND_DOWN))
