"""Every kind of rows that can be imported: the core's, and what integrations add."""

from okr import slots
from okr.imports.people import PeopleShape
from okr.imports.shape import Shape


def shapes() -> dict[str, Shape]:
    """By their place in the address."""
    found: list[Shape] = [PeopleShape(), *slots.ask("imports.shapes")]
    return {shape.slug: shape for shape in found}
