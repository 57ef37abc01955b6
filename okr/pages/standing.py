"""How far a unit has come: one number, from objectives that everybody may see.

The plain mean of the unit's own objectives; a unit without any is the mean of those of the units
below it, or at last of its people's. What is confidential never counts, so the number is the same
for every reader.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from django.db.models import Count, Sum

from okr.models import Cycle, Level, Objective, Unit, Visibility
from okr.models.approval import Approval
from okr.models.objective import ObjectiveQuerySet
from okr.pages.units import UnitTree, home
from okr.progress import NONE, Part, rollup, settle

ONE = Decimal(1)
Line = Sequence[Decimal | None]


class Summed(NamedTuple):
    """What some objectives have reached together, and how many of them were measured."""

    total: Decimal
    number: int


T = TypeVar("T", Line, Summed)


@dataclass(frozen=True, slots=True)
class Standing(Generic[T]):
    """How far an objective, or some of one level, has come, and the unit that it counts for."""

    home: int | None
    level: str
    reached: T


class Standings(ABC, Generic[T]):
    """The progress of every unit, and of the company."""

    def __init__(self, tree: UnitTree, standings: Iterable[Standing[T]]) -> None:
        self.tree = tree
        self.own: dict[int | None, list[T]] = defaultdict(list)
        self.theirs: dict[int | None, list[T]] = defaultdict(list)
        self.company: list[T] = []
        self.all: list[T] = []
        for each in standings:
            self._add(each)

    @abstractmethod
    def mean(self, reached: Sequence[T]) -> list[Decimal | None]: ...

    def of(self, unit: Unit | None) -> list[Decimal | None]:
        """One progress for each moment; None where nothing was known; empty without objectives."""
        if self.tree.is_company(unit):
            return self.mean(self.company or self.all)
        assert unit is not None  # noqa: S101  narrows the type
        return self.mean(self.own.get(unit.pk) or self._below(self.tree.within(unit)))

    def _add(self, each: Standing[T]) -> None:
        if each.level == Level.COMPANY:
            self.company.append(each.reached)
            return
        self.all.append(each.reached)
        (self.own if each.level == Level.UNIT else self.theirs)[each.home].append(each.reached)

    def _below(self, units: Collection[int]) -> list[T]:
        for reached in (self.own, self.theirs):
            if found := [each for unit in units for each in reached.get(unit, ())]:
                return found
        return []


class StandingsThen(Standings[Line]):
    """At some moments, all of them the same for every objective."""

    def mean(self, reached: Sequence[Line]) -> list[Decimal | None]:
        moments = zip(*reached, strict=True)
        return [rollup(Part(progress, ONE) for progress in moment) for moment in moments]


class StandingsNow(Standings[Summed]):
    """Today, as the database has summed it up."""

    def mean(self, reached: Sequence[Summed]) -> list[Decimal | None]:
        if not reached:
            return []
        number = sum(each.number for each in reached)
        total = sum((each.total for each in reached), NONE)
        return [settle(Fraction(total) / number) if number else None]


def counted(cycle: Cycle) -> ObjectiveQuerySet:
    """What moves the numbers of units: public objectives that are approved."""
    public = Objective.objects.filter(visibility=Visibility.PUBLIC, approval=Approval.APPROVED)
    return public.filter(cycle=cycle).order_by()


def standings_now(tree: UnitTree, cycle: Cycle) -> StandingsNow:
    """As the stored numbers have it: a row for each unit and level, however many objectives."""
    rows = counted(cycle).annotate(home=home()).values_list("home", "level")
    summed = rows.annotate(total=Sum("progress"), number=Count("progress"))
    found = ((unit, level, Summed(total or NONE, number)) for unit, level, total, number in summed)
    return StandingsNow(tree, (Standing(*each) for each in found))
