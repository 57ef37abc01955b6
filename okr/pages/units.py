"""The tree of units: what is above and below each, and which objectives belong to it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, F, Q, When, prefetch_related_objects

from okr.models import Level, Unit

DEEPEST_INDENT = 4
MOST_AT_ONCE = 60
"""Of more units a page shows only a part: those on the way to one, beside it and within it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit where it stands in the tree."""

    unit: Unit
    depth: int

    @property
    def indent(self) -> int:
        return min(self.depth, DEEPEST_INDENT)


@dataclass(frozen=True, slots=True)
class Choices:
    """The units that a menu offers; `more` where each of them may have others within it."""

    places: list[Place]
    more: bool


class UnitTree:
    """All units, read once; their leads are read for those that are shown, by `with_leads`."""

    def __init__(self) -> None:
        self.units = {unit.pk: unit for unit in Unit.objects.all()}

    @cached_property
    def _below(self) -> dict[int | None, list[Unit]]:
        below: dict[int | None, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            below[unit.parent_id].append(unit)
        return below

    def children(self, unit: Unit | None) -> list[Unit]:
        return self._below.get(unit.pk if unit else None, [])

    def is_company(self, unit: Unit | None) -> bool:
        """Whether everything is below it: no unit at all, or the only one at the top."""
        return unit is None or self.children(None) == [unit]

    def named(self, slug: str) -> Unit | None:
        return next((unit for unit in self.units.values() if unit.slug == slug), None)

    def places(self, unit: Unit | None = None) -> list[Place]:
        """The unit and all below it from the top down; without a unit, the whole company."""
        if unit is None:
            return [place for top in self.children(None) for place in self._nested(top, 0)]
        return list(self._nested(self.units[unit.pk], 0))

    def choices(self, near: int | None) -> Choices:
        """What a menu offers: all units, or of many those around the one with this id."""
        if len(self.units) <= MOST_AT_ONCE:
            return Choices(self.places(), more=False)
        tops, unit = self.children(None), self.units.get(near or 0)
        opened = {top.pk for top in tops} if len(tops) == 1 else set()
        opened |= {each.pk for each in (*self.above(unit), unit)} if unit else set()
        return Choices([place for top in tops for place in self._opened(top, opened)], more=True)

    def below(self, unit: Unit) -> list[Place]:
        """What is within the unit; where that is much, only what is directly within it."""
        places = self.places(unit)[1:]
        return places if len(places) <= MOST_AT_ONCE else [p for p in places if p.depth == 1]

    def within(self, unit: Unit | None) -> set[int]:
        """The ids of the unit and of all below it."""
        return {place.unit.pk for place in self.places(unit)}

    def above(self, unit: Unit) -> list[Unit]:
        """What the unit is part of, the top first."""
        steps: list[Unit] = []
        step = self.units[unit.pk].parent_id
        while step and (found := self.units[step]) not in steps:
            steps.insert(0, found)
            step = found.parent_id
        return steps

    def _nested(self, unit: Unit, depth: int) -> Iterator[Place]:
        yield Place(unit, depth)
        for child in self.children(unit):
            yield from self._nested(child, depth + 1)

    def _opened(self, unit: Unit, opened: Collection[int], depth: int = 0) -> Iterator[Place]:
        yield Place(unit, depth)
        for child in self.children(unit) if unit.pk in opened else ():
            yield from self._opened(child, opened, depth + 1)


def with_leads(places: Sequence[Place]) -> Sequence[Place]:
    """The same, with who leads each: one statement."""
    prefetch_related_objects([place.unit for place in places], "lead")
    return places


def home(objective: str = "") -> Case:
    """The one unit that an objective belongs to: the unit that it is for, else its owner's."""
    way = f"{objective}__" if objective else ""
    of_its_own = When(**{f"{way}level": Level.UNIT}, then=F(f"{way}unit_id"))
    return Case(of_its_own, default=F(f"{way}owner__unit_id"))


def at_home_in(units: Collection[int], objective: str = "") -> Q:
    """The same as a condition that indexes can answer."""
    way = f"{objective}__" if objective else ""
    is_the_units = Q(**{f"{way}level": Level.UNIT})
    return is_the_units & Q(**{f"{way}unit__in": units}) | (
        ~is_the_units & Q(**{f"{way}owner__unit__in": units})
    )
