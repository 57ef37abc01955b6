"""How far a unit has come: one number, from objectives that everybody may see.

The plain mean of the unit's own objectives; a unit without any is the mean of those of the units
below it, or at last of its people's. What is confidential never counts, so the number is the same
for every reader.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr.models import Cycle, Level, Objective, Unit, Visibility
from okr.models.approval import Approval
from okr.models.objective import ObjectiveQuerySet
from okr.pages.units import UnitTree, home
from okr.progress import Part, rollup

ONE = Decimal(1)
Line = Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """An objective's progress at one or more moments, and the unit that it counts for."""

    home: int | None
    level: str
    line: Line


class Standings:
    """The progress of every unit, and of the company, at the same moments."""

    def __init__(self, tree: UnitTree, standings: Iterable[Standing]) -> None:
        self.tree = tree
        self.own: dict[int | None, list[Line]] = defaultdict(list)
        self.theirs: dict[int | None, list[Line]] = defaultdict(list)
        self.company: list[Line] = []
        self.all: list[Line] = []
        for each in standings:
            self._add(each)

    def _add(self, each: Standing) -> None:
        if each.level == Level.COMPANY:
            self.company.append(each.line)
            return
        self.all.append(each.line)
        (self.own if each.level == Level.UNIT else self.theirs)[each.home].append(each.line)

    def of(self, unit: Unit | None) -> list[Decimal | None]:
        """One progress for each moment; None where nothing was known; empty without objectives."""
        if self.tree.is_company(unit):
            return mean(self.company or self.all)
        assert unit is not None  # noqa: S101  narrows the type
        return mean(self.own.get(unit.pk) or self._below(self.tree.within(unit)))

    def _below(self, units: Collection[int]) -> list[Line]:
        for lines in (self.own, self.theirs):
            if found := [line for unit in units for line in lines.get(unit, ())]:
                return found
        return []


def mean(lines: Sequence[Line]) -> list[Decimal | None]:
    return [
        rollup(Part(progress, ONE) for progress in moment) for moment in zip(*lines, strict=True)
    ]


def counted(cycle: Cycle) -> ObjectiveQuerySet:
    """What moves the numbers of units: public objectives that are approved."""
    public = Objective.objects.filter(visibility=Visibility.PUBLIC, approval=Approval.APPROVED)
    return public.filter(cycle=cycle).order_by()


def standings_now(tree: UnitTree, cycle: Cycle) -> Standings:
    """As the stored numbers have it."""
    rows = counted(cycle).values_list(home(), "level", "progress")
    return Standings(tree, (Standing(unit, level, (progress,)) for unit, level, progress in rows))
