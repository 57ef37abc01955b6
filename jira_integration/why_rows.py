"""The rows of the Why table: what each issue weighs, counts as and brings in, or why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jira_integration.calculation import Breakdown, Category, IssueId, Method, Row, Without, Work
from jira_integration.explanation import NAMES, SHAPES, figure, in_tenths
from jira_integration.models import JiraIssue


@dataclass(frozen=True, slots=True)
class Line:
    """An issue in the table; `contributes` is in tenths of a point, None where it does not count.

    `size` is empty where sizes do not matter. `note` says why an issue does not count, or what
    stands for the size that it does not have.
    """

    issue: JiraIssue
    category: Category
    counts_as: str = ""
    size: str = ""
    weight: int = 1
    contributes: Decimal | None = None
    note: str = ""

    @property
    def name(self) -> str:
        return NAMES[self.category]

    @property
    def shape(self) -> str:
        return SHAPES[self.category]

    @property
    def has_no_category(self) -> bool:
        return self.category is Category.UNDEFINED


@dataclass(frozen=True, slots=True)
class Ends:
    """What is added to the issues, in tenths: for the start value, and beyond the target."""

    base: Decimal
    cut: Decimal


def add_up(breakdown: Breakdown) -> tuple[list[Decimal], Ends]:
    """What each row contributes, rounded so that all of it makes the rounded progress."""
    exact = [row.contributes for row in breakdown.rows]
    *rows, base, cut = in_tenths([*exact, breakdown.base, breakdown.cut])
    return rows, Ends(base, cut)


def names_of(breakdown: Breakdown, most: int) -> list[IssueId]:
    """The issues of the table in its order: those that count first."""
    counted = [row.work for row in breakdown.rows]
    return [work.id for work in (*counted, *breakdown.unsized, *breakdown.left_out)][:most]


def lines_of(
    breakdown: Breakdown, tenths: Sequence[Decimal], issues: Mapping[IssueId, JiraIssue], most: int
) -> list[Line]:
    """The first of them; an issue whose mirror is gone has no line."""
    every = _every(breakdown, tenths, issues)
    return [line for line, _ in zip(every, range(most), strict=False)]


def _every(
    breakdown: Breakdown, tenths: Sequence[Decimal], issues: Mapping[IssueId, JiraIssue]
) -> Iterator[Line]:
    for row, points in zip(breakdown.rows, tenths, strict=True):
        if row.work.id in issues:
            yield _counted(row, points, issues[row.work.id], breakdown.method)
    for work in breakdown.unsized:
        if work.id in issues:
            note = f"Left out: no {breakdown.method.sized_by}"
            yield Line(issues[work.id], work.category, weight=work.weight, note=note)
    for work in breakdown.left_out:
        if work.id in issues:
            yield _left_out(work, issues[work.id], breakdown.method)


def _counted(row: Row, points: Decimal, issue: JiraIssue, method: Method) -> Line:
    work = row.work
    return Line(
        issue,
        work.category,
        counts_as=_counts_as(row, method),
        size=figure(_size(row, method)) if method.is_sized else "",
        weight=work.weight,
        contributes=points,
        note=_filled(work, method),
    )


def _left_out(work: Work, issue: JiraIssue, method: Method) -> Line:
    size = figure(work.size) if method.is_sized and work.size is not None else ""
    note = f"Left out: {issue.resolution or 'by its resolution'}"
    return Line(issue, work.category, size=size, weight=work.weight, note=note)


def _size(row: Row, method: Method) -> Fraction:
    return row.weighs if method.measure.is_mapped else row.weighs / row.work.weight


def _counts_as(row: Row, method: Method) -> str:
    """A percentage of the whole, or what is added to the sum."""
    if not method.measure.is_mapped:
        return f"{row.counts_as}%"
    return figure(row.weighs) if row.work.category is Category.DONE else "0"


def _filled(work: Work, method: Method) -> str:
    if not method.is_sized or work.size is not None:
        return ""
    kind = "the average" if method.without is Without.AVERAGE else "1"
    return f"No {method.sized_by}, taken as {kind}"
