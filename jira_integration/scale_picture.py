"""The three percentages as marks on a line, told apart by shape."""

from dataclasses import dataclass

from jira_integration.calculation import Category, Scale

EDGE = 9


@dataclass(frozen=True, slots=True)
class Mark:
    category: Category
    label: str
    glyph: str
    value: int

    @property
    def shift(self) -> float:
        """Pixels to the right, so that a mark at either end stays within the line."""
        return EDGE - 2 * EDGE * self.value / 100


def marks(scale: Scale) -> list[Mark]:
    return [
        Mark(Category.NEW, "To Do", "○", scale.to_do),
        Mark(Category.INDETERMINATE, "In Progress", "◐", scale.in_progress),
        Mark(Category.DONE, "Done", "●", scale.done),
    ]
