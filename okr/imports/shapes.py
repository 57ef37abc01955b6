"""Every kind of rows that can be imported: the core's, and what integrations add."""

from itertools import chain

from okr import slots
from okr.imports.objectives import ObjectivesShape
from okr.imports.people import PeopleShape
from okr.imports.shape import Shape
from okr.models import Cycle, Person


def taking_accounts(person: Person) -> list[Shape]:
    """Those of integrations that want to know which account somebody has."""
    integrated: list[Shape] = [*chain.from_iterable(slots.ask("imports.shapes"))]
    return [each for each in integrated if each.takes_accounts() and each.may_import(person)]


def shapes() -> dict[str, Shape]:
    """By their place in the address."""
    objectives = [ObjectivesShape(cycle) for cycle in Cycle.objects.filter(closed_at=None)]
    integrated = chain.from_iterable(slots.ask("imports.shapes"))
    found: list[Shape] = [PeopleShape(), *objectives, *integrated]
    return {shape.slug: shape for shape in found}
