"""Objectives on three levels, aligned along the units; who owns them and who may see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from bench.at_size import words
from bench.at_size.copying import pour
from bench.at_size.size import COMPANY_OBJECTIVES, Period
from bench.at_size.staff import CHIEF, Staff
from okr.models import Cycle, Level, Objective, Tag, Tagging, Visibility
from okr.progress import Part, rollup

STANDS_FREE, CONFIDENTIAL, TAGGED, SUPPORTS = 0.03, 0.03, 0.3, 0.05
ONE = Decimal(1)


@dataclass(slots=True)
class Aim:
    """An objective before it is stored; its number is filled in from its parts."""

    pk: int
    period: Period
    level: Level
    owner: int
    unit: int
    title: str
    parent: "Aim | None"
    hidden: bool = False
    progress: Decimal | None = None

    @property
    def moves(self) -> bool:
        """As `moving_their_parent` has it: nothing secret moves what is public."""
        return self.parent is not None and (not self.hidden or self.parent.hidden)


def plan(staff: Staff, cycles: list[Period], chance: Random) -> list[Aim]:
    """What stands above comes before what stands below."""
    aims: list[Aim] = []
    for period in cycles:
        for each in _of_cycle(staff, period, chance):
            each.pk = len(aims) + 1
            aims.append(each)
    return aims


def _of_cycle(staff: Staff, period: Period, chance: Random) -> Iterator[Aim]:
    tops = [
        Aim(0, period, Level.COMPANY, CHIEF, 1, words.title(chance), None)
        for _ in range(min(COMPANY_OBJECTIVES, period.objectives))
    ]
    yield from tops
    by_unit: dict[int, Aim] = {1: tops[0]}
    for place in staff.places[1 : (period.objectives - len(tops)) // 2]:
        above = chance.choice(tops) if place.parent == 1 else by_unit[place.parent or 1]
        aim = Aim(0, period, Level.UNIT, place.lead, place.pk, words.title(chance), above)
        by_unit[place.pk] = aim
        yield aim
    left = period.objectives - len(tops) - len(by_unit) + 1
    yield from _of_people(staff, period, by_unit, left, chance)


def _of_people(
    staff: Staff, period: Period, by_unit: dict[int, Aim], number: int, chance: Random
) -> Iterator[Aim]:
    """Two each, as far as they go."""
    owners = chance.sample(staff.members, len(staff.members))
    parents = staff.parents
    for each in range(number):
        owner = owners[each // 2 % len(owners)]
        unit: int | None = owner.unit
        while unit not in by_unit:
            unit = parents[unit or 1]
        above = None if chance.random() < STANDS_FREE else by_unit[unit or 1]
        hidden = chance.random() < CONFIDENTIAL
        title, level = words.title(chance), Level.INDIVIDUAL
        yield Aim(0, period, level, owner.pk, owner.unit, title, above, hidden)


def roll_up(aims: list[Aim], parts: dict[int, list[Part]]) -> None:
    """From the leaves upward; `parts` holds the key results of each."""
    for aim in reversed(aims):
        aim.progress = rollup(parts[aim.pk])
        if aim.moves and aim.parent:
            parts[aim.parent.pk].append(Part(aim.progress, ONE))


def store(aims: list[Aim], cycles: list[Period], chance: Random) -> None:
    pour(
        Cycle,
        ("id", "name", "starts_on", "ends_on"),
        ((each.pk, each.name, each.starts_on, each.ends_on) for each in cycles),
    )
    columns = ("id", "cycle_id", "owner_id", "level", "unit_id", "title", "parent_id")
    pour(Objective, (*columns, "visibility", "progress"), map(_row, aims))
    _store_tags(aims, chance)
    _store_supports(aims, chance)


def _row(aim: Aim) -> tuple[object, ...]:
    visibility = Visibility.CONFIDENTIAL if aim.hidden else Visibility.PUBLIC
    above = aim.parent.pk if aim.parent else None
    known = (aim.pk, aim.period.pk, aim.owner, aim.level.value, aim.unit, aim.title, above)
    return (*known, visibility.value, aim.progress)


def _store_tags(aims: list[Aim], chance: Random) -> None:
    pour(Tag, ("id", "name", "key"), ((n, tag, tag) for n, tag in enumerate(words.TAGS, 1)))
    tagged = (aim for aim in aims if chance.random() < TAGGED)
    rows = ((aim.pk, chance.randint(1, len(words.TAGS)), 1) for aim in tagged)
    pour(Tagging, ("objective_id", "tag_id", "place"), rows)


def _store_supports(aims: list[Aim], chance: Random) -> None:
    """Objectives of units help the company in a second way."""
    tops: dict[int, list[Aim]] = {}
    for aim in aims:
        if aim.level == Level.COMPANY:
            tops.setdefault(aim.period.pk, []).append(aim)
    helping = (a for a in aims if a.level == Level.UNIT and chance.random() < SUPPORTS)
    rows = ((aim.pk, chance.choice(tops[aim.period.pk]).pk) for aim in helping)
    pour(Objective.supports.through, ("from_objective_id", "to_objective_id"), rows)
