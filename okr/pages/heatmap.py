"""How far units are from the pace, week by week: the rows of the dashboard's picture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from okr import burn_up, heat
from okr.models import Unit
from okr.pages.calendar import WEEKS
from okr.pages.units import MOST_AT_ONCE, Place
from okr.pages.weekly import UnitLines, WeekEnd

UPPER = 2
"""How many layers of units a picture shows where it cannot show all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit in a week; without a gap where nothing was known yet."""

    week: WeekEnd
    ahead: int | None

    @property
    def step(self) -> int:
        return heat.step(self.ahead or 0)

    @property
    def signed(self) -> str:
        return heat.signed(self.ahead or 0)


@dataclass(frozen=True, slots=True)
class HeatRow:
    place: Place
    cells: list[Cell]
    is_chosen: bool


def nearest(places: Sequence[Place]) -> list[Place]:
    """As many as a picture can show; of more, only the upper ones."""
    if len(places) > MOST_AT_ONCE:
        places = [place for place in places if place.depth < UPPER]
    return list(places[:MOST_AT_ONCE])


def heat_rows(
    places: Sequence[Place],
    lines: UnitLines,
    weeks: Sequence[WeekEnd],
    pace: Sequence[burn_up.Point],
    chosen: Unit | None,
) -> list[HeatRow]:
    """`pace` are the same weeks of any unit, for they all go at the same pace."""
    rows = []
    for place in nearest(places):
        line = lines.of(place.unit) or [None] * len(weeks)
        moments = list(zip(weeks, pace, line, strict=True))[-WEEKS:]
        cells = [Cell(week, replace(point, progress=at).ahead) for week, point, at in moments]
        rows.append(HeatRow(place, cells, place.unit == chosen))
    return rows
