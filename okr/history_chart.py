"""Measures the history of a progress: a stepped line against the calendar's dashed one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from django.utils import timezone

from okr.drawing import Share, clamped
from okr.progress import shown
from okr.slots import Reconstruction

WIDTH, HEIGHT = 880, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 20, 32
MOST_DATES = 7
SHAPES = {
    "dot": "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "return": "M3 4H0a3.5 3.5 0 0 1 0-7H4M1.5-5.5 4-3 1.5-.5",
    "plus": "M-4.5 0h9M0-4.5v9",
    "minus": "M-4.5 0h9",
    "diamond": "M0-5 5 0 0 5-5 0z",
    "pencil": "M-4 4-3 1 3-5 5-3-1 3z",
}
Dated = tuple[datetime, Share]
Event = tuple[datetime, Share, str, str]
Gap = tuple[datetime, datetime]


@dataclass(frozen=True)
class Plot:
    """Places dated percents in the chart's inner box; what lies outside is put on its edge."""

    start: datetime
    end: datetime
    width: int = WIDTH
    height: int = HEIGHT

    def x(self, moment: datetime) -> float:
        whole = (self.end - self.start).total_seconds() or 1
        passed = (moment - self.start).total_seconds() / whole
        return round(LEFT + (self.width - LEFT - RIGHT) * min(max(passed, 0), 1), 1)

    def y(self, percent: Share) -> float:
        return round(TOP + (self.height - TOP - BOTTOM) * (1 - clamped(percent) / 100), 1)


@dataclass(frozen=True)
class Marker:
    x: float
    y: float
    path: str
    shape: str
    at: datetime
    percent: Share
    label: str


@dataclass(frozen=True)
class Band:
    x: float
    width: float
    y: float = TOP
    height: float = HEIGHT - TOP - BOTTOM


@dataclass(frozen=True)
class HistoryChart:
    line: str
    retold: str
    area: str
    markers: list[Marker]
    bands: list[Band]
    dates: list[tuple[float, datetime]]
    levels: list[tuple[float, int]]
    expected: str
    today: float | None
    summary: str
    rows: list[tuple[datetime, str, str]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    floor: int = HEIGHT - BOTTOM


def draw(
    points: Sequence[Dated],
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    events: Sequence[Event] = (),
    gaps: Iterable[Gap] = (),
    due: Sequence[Dated] = (),
    retold: Reconstruction | None = None,
) -> HistoryChart:
    """Everything that the template needs to show; `points`, `events` and `due` oldest first.

    `due` says what is expected from when on; without it everything is, evenly, by the end.
    """
    plot = Plot(start, end)
    line = stepped(plot, points, min(max(now, start), end))
    return HistoryChart(
        line=line,
        retold=joined(plot, retold, points) if retold else "",
        area=below(line),
        markers=[_marker(plot, event) for event in events if start <= event[0] <= end],
        bands=[Band(plot.x(a), round(plot.x(b) - plot.x(a), 1)) for a, b in gaps],
        dates=[(plot.x(moment), moment) for moment in dates_below(start, end)],
        levels=[(plot.y(level), level) for level in (0, 25, 50, 75, 100)],
        expected=stepped(plot, due, end) if due else even(plot),
        today=plot.x(now) if start <= now <= end else None,
        summary=told(points, events, retold),
        rows=as_rows(points, events, retold),
    )


def stepped(plot: Plot, points: Sequence[Dated], until: datetime) -> str:
    """A path that holds each value until the next one, because progress moves in steps."""
    inside = [point for point in points if plot.start <= point[0] <= until]
    before = [point for point in points if point[0] < plot.start]
    if before:
        inside.insert(0, (plot.start, before[-1][1]))
    if not inside:
        return ""
    path = f"M{plot.x(inside[0][0])} {plot.y(inside[0][1])}"
    for moment, percent in inside[1:]:
        path += f" H{plot.x(moment)} V{plot.y(percent)}"
    return f"{path} H{plot.x(until)}"


def below(line: str) -> str:
    return f"{line} V{HEIGHT - BOTTOM} H{line.split()[0][1:]} Z" if line else ""


def joined(plot: Plot, retold: Reconstruction, points: Sequence[Dated]) -> str:
    """The reconstructed steps, down or up to the first recorded value after them."""
    path = stepped(plot, retold.points, min(retold.until, plot.end))
    after = [percent for moment, percent in points if moment >= retold.until]
    return f"{path} V{plot.y(after[0])}" if path and after else path


def even(plot: Plot) -> str:
    """From nothing at the start to everything at the end, in a straight line."""
    return f"M{plot.x(plot.start)} {plot.y(0)} L{plot.x(plot.end)} {plot.y(100)}"


def dates_below(start: datetime, end: datetime) -> list[datetime]:
    """Evenly spaced whole weeks, few enough to be read."""
    weeks = max((end - start).days // 7, 1)
    step = timedelta(weeks=-(-weeks // MOST_DATES))
    return [start + step * count for count in range(MOST_DATES + 1) if start + step * count < end]


def told(
    points: Sequence[Dated], events: Sequence[Event], retold: Reconstruction | None = None
) -> str:
    """The picture in a few words, for those who do not see it."""
    sentence = _told(points, events)
    if not retold:
        return sentence
    first = retold.points[0]
    return (
        f"{sentence} From {_shown(first[1])} on {_day(first[0])} to"
        f" {_shown(retold.points[-1][1])} on {_day(retold.until)} it is reconstructed."
    )


def _told(points: Sequence[Dated], events: Sequence[Event]) -> str:
    if not points:
        return "No progress has been recorded yet."
    first, last = points[0], points[-1]
    moves = sum(before[1] != after[1] for before, after in pairwise(points))
    sentence = (
        f"Progress from {_shown(first[1])} on {_day(first[0])}"
        f" to {_shown(last[1])} on {_day(last[0])}, in {moves} step{'' if moves == 1 else 's'}."
    )
    if not events:
        return sentence
    return f"{sentence} {len(events)} {'event is' if len(events) == 1 else 'events are'} marked."


def as_rows(
    points: Sequence[Dated], events: Sequence[Event], retold: Reconstruction | None = None
) -> list[tuple[datetime, str, str]]:
    """The same history as a table, newest first; a point that an event tells is told once."""
    told = {event[0] for event in events}
    rows = [(moment, _shown(percent), "") for moment, percent in points if moment not in told]
    rows += [(moment, _shown(percent), label) for moment, percent, _, label in events]
    if retold:
        rows += [(moment, _shown(percent), retold.words) for moment, percent in retold.points]
    return sorted(rows, reverse=True)


def _marker(plot: Plot, event: Event) -> Marker:
    moment, percent, shape, label = event
    return Marker(plot.x(moment), plot.y(percent), SHAPES[shape], shape, moment, percent, label)


def _shown(percent: Share) -> str:
    return shown(Decimal(str(percent)))


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B}"
