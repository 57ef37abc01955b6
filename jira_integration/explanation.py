"""The answer to "Why is it 62%?": what counts, as what, and what each issue brings in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from jira_integration.calculation import (
    ORDER,
    Breakdown,
    Category,
    IssueId,
    Method,
    Work,
    calculate,
)
from jira_integration.keeping import method_of
from jira_integration.models import SOURCE, JiraIssue, LinkedIssue
from jira_integration.models.counted import AS_COUNTED, work
from okr.models import KeyResult, Reading

NAMES = {
    Category.DONE: "Done",
    Category.INDETERMINATE: "In Progress",
    Category.NEW: "To Do",
    Category.UNDEFINED: "To Do",
}
SHAPES = {
    Category.DONE: "●",
    Category.INDETERMINATE: "◐",
    Category.NEW: "○",
    Category.UNDEFINED: "○",
}
TENTH = Decimal("0.1")
LINES = 25
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """An issue in the table; `contributes` is in tenths of a point."""

    issue: JiraIssue
    category: Category
    counts_as: int
    contributes: Decimal

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
class Part:
    """A category in the picture; where it begins and how wide it is, in percent."""

    name: str
    shape: str
    number: int
    begins: float
    width: float


@dataclass(frozen=True, slots=True)
class Why:
    """Replayed from what counted in the last measurement, under the percentages of that time."""

    key_result: KeyResult
    breakdown: Breakdown
    lines: list[Line]
    rest: Decimal

    @classmethod
    def of(cls, key_result: KeyResult, most: int = LINES) -> "Why":
        breakdown = calculate(_what_counted(key_result), _method_then(key_result))
        tenths = in_tenths([row.contributes for row in breakdown.rows])
        shown = breakdown.rows[:most]
        issues = _issues(key_result, [row.work.id for row in shown])
        lines = [
            Line(issues[row.work.id], row.work.category, row.counts_as, points)
            for row, points in zip(shown, tenths, strict=False)
        ]
        return cls(key_result, breakdown, lines, sum(tenths[len(lines) :], Decimal(0)))

    @property
    def number(self) -> int:
        return len(self.breakdown.rows)

    @property
    def hidden(self) -> int:
        return self.number - len(self.lines)

    @property
    def exact(self) -> str:
        """The total as it is before it is rounded for the screen: 61.5."""
        return plain(tenth(self.breakdown.progress or Fraction(0)))

    @property
    def is_true(self) -> bool:
        """Whether the rows make the number that is shown; not while a change is on its way."""
        share = self.breakdown.progress
        settled = None if share is None else Reading(self.key_result.pk, share).settled
        return settled == self.key_result.progress

    @property
    def told_of_jira(self) -> str:
        return issues_told(self.breakdown.counts, "Jira ")

    @property
    def parts(self) -> list[Part]:
        """The categories side by side, as wide as they are many."""
        parts, begins = [], 0.0
        for category, number in self.breakdown.counts.items():
            width = 100 * number / self.number
            if number:
                parts.append(Part(NAMES[category], SHAPES[category], number, begins, width))
            begins += width
        return parts

    @property
    def sum(self) -> str:
        """(7 Done × 100 + 2 In Progress × 50 + 4 To Do × 0) ÷ 13 issues."""
        return sum_told(self.breakdown.weights, self.breakdown.counts, self.breakdown.method)

    @property
    def each(self) -> str:
        """Each Done issue contributes 7.7 points, each In Progress 3.8."""
        scale, counts = self.breakdown.method.scale, self.breakdown.counts
        if any(row.weighs != 1 for row in self.breakdown.rows):
            return ""
        worth = [
            (NAMES[category], plain(tenth(points)))
            for category, number in counts.items()
            if number and (points := self._points_of(scale.counts_as(category)))
        ]
        if not worth or self.number == 1:
            return ""
        first, *others = worth
        more = "".join(f", each {name} {points}" for name, points in others)
        return f"Each {first[0]} issue contributes {first[1]} points{more}."

    def _points_of(self, worth: int) -> Fraction:
        method = self.breakdown.method
        return (
            method.point * worth / 100 if method.measure.is_mapped else Fraction(worth, self.number)
        )


def _what_counted(key_result: KeyResult) -> list[Work]:
    """By each of its links; an issue that two links found is here twice."""
    rows = LinkedIssue.objects.filter(link__key_result=key_result)
    columns = ("issue__connection_id", "issue__jira_id", *AS_COUNTED)
    return [work(IssueId(*row[:2]), *row[2:]) for row in rows.values_list(*columns)]


def _method_then(key_result: KeyResult) -> Method:
    last = key_result.measurements.filter(source=SOURCE).order_by("-at", "-id").first()
    return method_of(last.why) if last else Method()


def _issues(key_result: KeyResult, names: Sequence[IssueId]) -> dict[IssueId, JiraIssue]:
    numbers = [name.number for name in names]
    rows = JiraIssue.objects.of_key_result(key_result.pk).filter(jira_id__in=numbers)
    return {issue.name: issue for issue in rows.select_related("connection")}


def sum_told(
    weights: Mapping[Category, Fraction], counts: Mapping[Category, int], method: Method
) -> str:
    """(7 Done × 100 + 2 In Progress × 50 + 4 To Do × 0) ÷ 13 issues."""
    terms = [
        f"{figure(weights[category])} {NAMES[category]} × {method.scale.counts_as(category)}"
        for category in ORDER
        if counts.get(category)
    ]
    if method.measure.is_mapped:
        done = weights.get(Category.DONE, Fraction(0))
        start, target = figure(method.start), figure(method.target)
        unit = f" {method.sized_by}" if method.sized_by else ""
        return f"({figure(done)}{unit} Done − {start}) ÷ ({target} − {start})"
    added = f"({' + '.join(terms)})" if len(terms) > 1 else " + ".join(terms)
    total, number = sum(weights.values(), Fraction(0)), sum(counts.values())
    if total == number and not method.sized_by:
        return f"{added} ÷ {issues_counted(number)}"
    return f"{added} ÷ {figure(total)}{f' {method.sized_by}' if method.sized_by else ''}"


def figure(exact: Fraction) -> str:
    """13, 2.5 and 0.33: as short as it can be told."""
    hundredths = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"))
    return f"{hundredths:f}".rstrip("0").rstrip(".")


def in_tenths(exact: Sequence[Fraction], total: Decimal | None = None) -> list[Decimal]:
    """Rounded so that they add up to the rounded total: the largest remainders are rounded up.

    `total` is that total where it is rounded otherwise: a difference of two rounded numbers.
    """
    rounded = [tenth(each, ROUND_FLOOR) for each in exact]
    total = tenth(sum(exact, Fraction(0))) if total is None else total
    missing = total - sum(rounded, Decimal(0))
    by_remainder = sorted(range(len(exact)), key=lambda place: -((exact[place] * 10) % 1))
    for place in by_remainder[: int(missing / TENTH)]:
        rounded[place] += TENTH
    return rounded


def tenth(exact: Fraction, rounding: str = ROUND_HALF_UP) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(TENTH, rounding)


def plain(points: Decimal) -> str:
    """61.5, and 50 rather than 50.0."""
    return str(points).removesuffix(".0")


def issues_counted(number: int, kind: str = "") -> str:
    return f"{number:,} {kind}issue{'' if number == 1 else 's'}"


def issues_told(counts: Mapping[Category, int], kind: str = "") -> str:
    """13 issues: 7 Done, 2 In Progress, 4 To Do."""
    parts = [f"{counts[category]:,} {NAMES[category]}" for category in ORDER if counts[category]]
    return f"{issues_counted(sum(counts.values()), kind)}: {', '.join(parts)}" if parts else ""
