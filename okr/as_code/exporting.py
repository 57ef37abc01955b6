"""What a person sees of cycles, or of one unit in them, as the text of a file."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from okr.as_code.parts import parts
from okr.as_code.settling import units_by_name
from okr.as_code.standing import named_cycles, standing
from okr.as_code.writing import written
from okr.audit import noted
from okr.models import Cycle, Objective, Person, Unit
from okr.pages.units import at_home_in

EXPORTED = "OKRs as a file"
MISSING = {"cycle": "No cycle has the key {}.", "unit": "No unit has the name {}."}


class MissingError(Exception):
    """What was asked for by a name that nothing has."""

    def __init__(self, field: str, name: str) -> None:
        super().__init__(MISSING[field].format(name))
        self.field = field


def export(person: Person, keys: Sequence[str] = (), unit: str = "") -> str:
    """The open cycles, or those named. Raises MissingError.

    Of a unit only what is its own or its people's: then the cycles are not listed, so that nothing
    of the other units counts as left out.
    """
    cycles = chosen_cycles(keys)
    return exported(person, cycles, unit_called(unit) if unit else None)


def exported(person: Person, cycles: Sequence[Cycle], unit: Unit | None) -> str:
    added, among = parts(), Objective.objects.visible_to(person)
    if unit:
        among = among.filter(at_home_in([unit.pk]))
    told = noted("exports.taken", label=EXPORTED, always=True)
    with told if person.is_okr_admin else nullcontext() as note:
        document = standing(person, cycles, added, among)
        if unit:
            document.cycles = {}
        text = written(document, added)
        if note:
            note.say(format="YAML")
    return text


def chosen_cycles(keys: Sequence[str]) -> list[Cycle]:
    cycles: Any = named_cycles()
    chosen = list(cycles.filter(key__in=keys) if keys else cycles.filter(closed_at=None))
    if missing := set(keys) - {cycle.key for cycle in chosen}:
        raise MissingError("cycle", sorted(missing)[0])
    return chosen


def unit_called(name: str) -> Unit:
    slug = units_by_name().get(name.casefold())
    if slug is None:
        raise MissingError("unit", name)
    return Unit.objects.get(slug=slug)
