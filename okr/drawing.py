"""Measures every picture the product draws: pure geometry, without colour and without markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import pi

Share = Decimal | float | int

SMALLEST_SPAN = 25


@dataclass(frozen=True)
class Ring:
    size: int
    radius: float
    stroke: int
    filled: float
    around: float

    @property
    def centre(self) -> float:
        return self.size / 2


@dataclass(frozen=True)
class Sparkline:
    width: int
    height: int
    line: str
    area: str
    end_x: float
    end_y: float


def avatar(name: str) -> tuple[str, int]:
    """Initials, and which of the six hues."""
    words = name.split()
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    return initials, sum(map(ord, name)) % 6


def clamped(percent: Share | None) -> float:
    """Any number as a percent that a bar can show; nothing known is an empty bar."""
    return min(max(float(percent or 0), 0.0), 100.0)


def ring(percent: Share | None, size: int) -> Ring:
    """The filled arc of a ring, as the two numbers of a dash pattern."""
    stroke = 4 if size < 56 else 6
    radius = (size - stroke) / 2
    around = 2 * pi * radius
    return Ring(size, radius, stroke, round(around * clamped(percent) / 100, 2), round(around, 2))


def sparkline(percents: Sequence[Share], width: int = 96, height: int = 28) -> Sparkline | None:
    """A small line that never lets a move of few points look like a leap."""
    if len(percents) < 2:
        return None
    values = [clamped(percent) for percent in percents]
    low, high = _spread(min(values), max(values))
    step = (width - 6) / (len(values) - 1)
    rise = (height - 6) / (high - low)
    spots = [
        (round(3 + index * step, 1), round(height - 3 - (value - low) * rise, 1))
        for index, value in enumerate(values)
    ]
    line = "M" + " L".join(f"{x} {y}" for x, y in spots)
    end_x, end_y = spots[-1]
    return Sparkline(width, height, line, f"{line} V{height} H{spots[0][0]} Z", end_x, end_y)


def _spread(low: float, high: float) -> tuple[float, float]:
    missing = SMALLEST_SPAN - (high - low)
    if missing <= 0:
        return low, high
    low = min(max(0.0, low - missing / 2), 100.0 - SMALLEST_SPAN)
    return low, low + SMALLEST_SPAN
