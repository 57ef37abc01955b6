"""Measures the picture of a cycle: progress week by week against the calendar's even pace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from okr.history_chart import BOTTOM, LEFT, RIGHT, TOP, Plot, dates_below
from okr.progress import gap, points, shown

DESK, PHONE = (960, 280), (360, 240)
BESIDE, LIFT, LETTER = 12, 12, 8  # from a point to its label; what a letter takes at most


@dataclass(frozen=True, slots=True)
class Point:
    """The end of a week: what the calendar expected, and what was reached, if that is known."""

    week: int
    at: datetime
    expected: Decimal
    progress: Decimal | None

    @property
    def ahead(self) -> int | None:
        """Whole points ahead of (+) or behind (-) the pace."""
        return None if self.progress is None else points(gap(self.progress, self.expected))


@dataclass(frozen=True, slots=True)
class Spot:
    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class BurnUp:
    spots: list[Spot]
    line: str
    area: str
    between: str
    pace: tuple[float, float, float, float]
    dates: list[tuple[float, datetime]]
    levels: list[tuple[float, int]]
    today: float | None
    labels: list[Label]
    width: int
    height: int
    left: int = LEFT
    top: int = TOP

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def floor(self) -> int:
        return self.height - BOTTOM

    @property
    def foot(self) -> int:
        return self.height - 8

    @property
    def last(self) -> Spot | None:
        return self.spots[-1] if self.spots else None


def draw(
    all_points: Sequence[Point],
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    size: tuple[int, int] = DESK,
) -> BurnUp:
    """Everything that the template needs to show; points oldest first, unknown ones left out."""
    plot = Plot(start, end, *size)
    spots = _spots(plot, all_points, now)
    line = "M" + " L".join(f"{spot.x} {spot.y}" for spot in spots) if spots else ""
    last = spots[-1] if spots else None
    return BurnUp(
        spots=spots,
        line=line,
        area=f"{line} V{plot.y(0)} H{spots[0].x} Z" if last else "",
        between=_between(plot, last),
        pace=(plot.x(start), plot.y(0), plot.x(end), plot.y(100)),
        dates=[(plot.x(moment), moment) for moment in dates_below(start, end)],
        levels=[(plot.y(level), level) for level in (0, 25, 50, 75, 100)],
        today=plot.x(now) if start <= now <= end else None,
        labels=_labels(plot, last),
        width=plot.width,
        height=plot.height,
    )


def _spots(plot: Plot, all_points: Sequence[Point], now: datetime) -> list[Spot]:
    return [
        Spot(plot.x(min(each.at, now)), plot.y(each.progress), each)
        for each in all_points
        if each.progress is not None
    ]


def _between(plot: Plot, last: Spot | None) -> str:
    """The upright from where it stands to where it should."""
    return f"M{last.x} {last.y} V{plot.y(last.point.expected)}" if last else ""


def _labels(plot: Plot, last: Spot | None) -> list[Label]:
    """The two numbers beside the last point, the expected one off its line, and kept apart."""
    if last is None or last.point.progress is None:
        return []
    stands, should = last.y, plot.y(last.point.expected)
    away = -LIFT if should <= stands else LIFT
    return [
        _label(plot, last.x, stands, shown(last.point.progress)),
        _label(plot, last.x, should + away, f"{shown(last.point.expected)} expected"),
    ]


def _label(plot: Plot, x: float, y: float, text: str) -> Label:
    """On the right, where there is room for it."""
    fits = x + BESIDE + len(text) * LETTER < plot.width
    return Label(x + (BESIDE if fits else -BESIDE), round(y, 1), text, "start" if fits else "end")
