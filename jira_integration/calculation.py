"""What linked issues are worth: pure, and the only formula.

The sync, the preview before linking, the preview of new percentages and the explanation table all
call `calculate`; they cannot disagree.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction


class Category(StrEnum):
    """Jira's status categories by key, which no site can rename."""

    NEW = "new"
    INDETERMINATE = "indeterminate"
    DONE = "done"
    UNDEFINED = "undefined"


ORDER = (Category.DONE, Category.INDETERMINATE, Category.NEW)


@dataclass(frozen=True, slots=True)
class Scale:
    """What each category counts as, in whole percent."""

    to_do: int = 0
    in_progress: int = 50
    done: int = 100
    version: int = 0

    def counts_as(self, category: Category) -> int:
        """A status without a category counts as To Do."""
        match category:
            case Category.DONE:
                return self.done
            case Category.INDETERMINATE:
                return self.in_progress
            case _:
                return self.to_do


class Measure(StrEnum):
    """What the number of a key result is made of."""

    MEAN = "mean"
    SHARE = "share"

    def scale(self, scale: Scale) -> Scale:
        """What a category counts as under this measure: for the share of Done, all or nothing."""
        if self is Measure.MEAN:
            return scale
        return replace(scale, to_do=0, in_progress=0, done=100)


@dataclass(frozen=True, slots=True)
class Work:
    """An issue as far as the formula needs it; `id` is Jira's number and the identity."""

    id: int
    category: Category


@dataclass(frozen=True, slots=True)
class Row:
    """One issue's part of the number; `contributes` and `room` are exact percentage points."""

    work: Work
    counts_as: int
    contributes: Fraction
    room: Fraction


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The answer to "why 62 %?": the rows add up to the progress exactly."""

    scale: Scale
    rows: tuple[Row, ...]

    @property
    def progress(self) -> Fraction | None:
        """The percentage; None where no issue counts."""
        return sum((row.contributes for row in self.rows), Fraction(0)) if self.rows else None

    @property
    def counts(self) -> dict[Category, int]:
        """Issues by category, Done first; To Do includes those without a category."""
        found = Counter(_told(row.work.category) for row in self.rows)
        return {category: found[category] for category in ORDER}


def calculate(works: Iterable[Work], scale: Scale) -> Breakdown:
    """The plain mean of what the issues' categories count as; an issue found twice counts once."""
    unique = {work.id: work for work in works}
    number = len(unique)
    rows = [_row(work, scale, number) for work in unique.values()]
    return Breakdown(scale, tuple(sorted(rows, key=lambda row: (-row.room, row.work.id))))


def _row(work: Work, scale: Scale, number: int) -> Row:
    worth = scale.counts_as(work.category)
    return Row(work, worth, Fraction(worth, number), Fraction(scale.done - worth, number))


def _told(category: Category) -> Category:
    return Category.NEW if category is Category.UNDEFINED else category
