"""The three percentages as marks on a line, told apart by shape."""

from dataclasses import dataclass

from jira_integration.calculation import Category, Scale


@dataclass(frozen=True, slots=True)
class Mark:
    category: Category
    label: str
    glyph: str
    value: int


def marks(scale: Scale) -> list[Mark]:
    return [
        Mark(Category.NEW, "To Do", "○", scale.to_do),
        Mark(Category.INDETERMINATE, "In Progress", "◐", scale.in_progress),
        Mark(Category.DONE, "Done", "●", scale.done),
    ]
