"""What linked issues are worth: pure, and the only formula.

The sync, the previews before linking and before any change of settings, and the explanation table
all call `calculate`; they cannot disagree.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

HUNDRED = Fraction(100)
NOTHING, ONE = Fraction(0), Fraction(1)


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
    COUNT = "count"
    SUM = "sum"

    @property
    def is_mapped(self) -> bool:
        """Whether its value stands between the start and the target of the key result."""
        return self in (Measure.COUNT, Measure.SUM)

    def scale(self, scale: Scale) -> Scale:
        """What a category counts as under this measure: all or nothing, but for the mean."""
        if self is Measure.MEAN:
            return scale
        return replace(scale, to_do=0, in_progress=0, done=100)


class Without(StrEnum):
    """What an issue without the chosen field means. That the field is empty is not zero."""

    LEFT_OUT = "left_out"
    AVERAGE = "average"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Method:
    """How a number is made. `start` and `target` matter only where the measure is mapped.

    `sized_by` is what people call the field of the sizes, empty where every issue is as large as
    the next. `left_out` names the resolutions whose issues were left out, as "site:id"; it decides
    nothing here, but tells two methods apart.
    """

    scale: Scale = Scale()
    measure: Measure = Measure.MEAN
    sized_by: str = ""
    without: Without = Without.LEFT_OUT
    start: Fraction = NOTHING
    target: Fraction = HUNDRED
    left_out: frozenset[str] = frozenset()

    @property
    def is_sized(self) -> bool:
        return bool(self.sized_by)

    @property
    def can_be_mapped(self) -> bool:
        """What is counted only rises, so the target has to be above the start."""
        return not self.measure.is_mapped or self.target > self.start

    @property
    def point(self) -> Fraction:
        """The percentage points that one counted issue, or one of the field, makes."""
        return HUNDRED / (self.target - self.start)


class IssueId(NamedTuple):
    """`site` is our number of the connection, `number` Jira's of the issue on that site."""

    site: int
    number: int


@dataclass(frozen=True, slots=True)
class Work:
    """An issue as far as the formula needs it.

    `size` is the value of the chosen field, None where it is empty; `weight` is that of its link.
    """

    id: IssueId
    category: Category
    size: Fraction | None = None
    weight: int = 1
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One issue's part of the number.

    `weighs` is what it counts for among the others; `contributes` and `room` are exact percentage
    points.
    """

    work: Work
    counts_as: int
    weighs: Fraction
    contributes: Fraction
    room: Fraction


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The answer to "why 62 %?": the rows, `base` and `cut` add up to the progress exactly.

    `base` is what the start of a mapped measure takes away, `cut` what lies outside 0 to 100.
    `left_out` and `unsized` are issues that do not count: by their resolution, or because nothing
    is known of the size by which they would.
    """

    method: Method
    rows: tuple[Row, ...]
    left_out: tuple[Work, ...] = ()
    unsized: tuple[Work, ...] = ()
    base: Fraction = NOTHING
    cut: Fraction = NOTHING

    @property
    def progress(self) -> Fraction | None:
        """The percentage; None where no issue counts."""
        if not self.rows:
            return None
        return sum((row.contributes for row in self.rows), self.base + self.cut)

    @property
    def value(self) -> Fraction:
        """What is Done: how many issues, or how much of the field; of a mapped measure."""
        done = (row.weighs for row in self.rows if row.work.category is Category.DONE)
        return sum(done, NOTHING)

    @property
    def works(self) -> dict[IssueId, Work]:
        """All that was found, whether or not it counts."""
        counted = (row.work for row in self.rows)
        return {work.id: work for work in (*counted, *self.left_out, *self.unsized)}

    @property
    def counts(self) -> dict[Category, int]:
        """Counted issues by category, Done first; To Do includes those without a category."""
        found = Counter(told(row.work.category) for row in self.rows)
        return {category: found[category] for category in ORDER}

    @property
    def weights(self) -> dict[Category, Fraction]:
        """What the counted issues of a category weigh together."""
        found = dict.fromkeys(ORDER, NOTHING)
        for row in self.rows:
            found[told(row.work.category)] += row.weighs
        return found


def calculate(works: Iterable[Work], method: Method) -> Breakdown:
    """What the issues make by this method; one found twice counts once, by the higher weight."""
    unique = each_once(works)
    counted = [work for work in unique.values() if not work.left_out]
    left_out = tuple(work for work in unique.values() if work.left_out)
    weighs = _weigh(counted, method)
    if not method.can_be_mapped or not (method.measure.is_mapped or any(weighs.values())):
        return Breakdown(method, (), left_out, tuple(counted))
    unsized = tuple(work for work in counted if work.id not in weighs)
    counting = [work for work in counted if work.id in weighs]
    rows = (_mapped if method.measure.is_mapped else _mean)(counting, weighs, method)
    in_order = tuple(sorted(rows, key=lambda row: (-row.room, row.work.id)))
    base, cut = _ends(in_order, method)
    return Breakdown(method, in_order, left_out, unsized, base, cut)


def told(category: Category) -> Category:
    """As people are told: a status without a category stands under To Do."""
    return Category.NEW if category is Category.UNDEFINED else category


def each_once(works: Iterable[Work]) -> dict[IssueId, Work]:
    """By the higher weight where it was found twice."""
    unique: dict[IssueId, Work] = {}
    for work in works:
        known = unique.get(work.id)
        if known is None or work.weight >= known.weight:
            unique[work.id] = work
    return unique


def _weigh(works: list[Work], method: Method) -> dict[IssueId, Fraction]:
    """What each issue weighs; those that do not count are missing."""
    sizes = {work.id: _size(work, method) for work in works}
    known = [size for size in sizes.values() if size is not None] if method.is_sized else []
    filler = _filler(known, method)
    found = {name: filler if size is None else size for name, size in sizes.items()}
    by_link = {work.id: 1 if method.measure.is_mapped else work.weight for work in works}
    return {
        name: size if by_link[name] == 1 else by_link[name] * size
        for name, size in found.items()
        if size is not None
    }


def _size(work: Work, method: Method) -> Fraction | None:
    """A negative size can be summed up, but nothing can weigh less than nothing."""
    if not method.is_sized:
        return ONE
    can_be_negative = method.measure is Measure.SUM
    return work.size if work.size is not None and (can_be_negative or work.size >= 0) else None


def _filler(known: list[Fraction], method: Method) -> Fraction | None:
    """What stands for an empty field."""
    match method.without:
        case Without.ONE:
            return Fraction(1)
        case Without.AVERAGE if known:
            return sum(known, NOTHING) / len(known)
        case Without.AVERAGE if not method.measure.is_mapped:
            return Fraction(1)
    return None


def _mean(works: list[Work], weighs: Mapping[IssueId, Fraction], method: Method) -> list[Row]:
    total, scale = sum(weighs.values(), NOTHING), method.scale
    rows, parts = [], dict[tuple[Fraction, int], tuple[Fraction, Fraction]]()
    for work in works:
        weighs_now, worth = weighs[work.id], scale.counts_as(work.category)
        part = parts.get((weighs_now, worth))
        if part is None:
            share = weighs_now / total
            part = parts[weighs_now, worth] = share * worth, share * (scale.done - worth)
        rows.append(Row(work, worth, weighs_now, *part))
    return rows


def _mapped(works: list[Work], weighs: Mapping[IssueId, Fraction], method: Method) -> list[Row]:
    rows = []
    for work in works:
        worth, whole = method.scale.counts_as(work.category), weighs[work.id] * method.point
        gained = whole if work.category is Category.DONE else NOTHING
        rows.append(Row(work, worth, weighs[work.id], gained, whole - gained))
    return rows


def _ends(rows: tuple[Row, ...], method: Method) -> tuple[Fraction, Fraction]:
    """What the start takes away, and what has to be cut to stay within 0 to 100."""
    if not (method.measure.is_mapped and rows):
        return NOTHING, NOTHING
    base = -method.start * method.point
    whole = sum((row.contributes for row in rows), base)
    return base, min(max(whole, NOTHING), HUNDRED) - whole
