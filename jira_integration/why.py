"""The answer to "Why is it 62%?": what counts, as what, and what each issue brings in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jira_integration.calculation import Breakdown, Category, IssueId, Method, Work, calculate
from jira_integration.explanation import (
    HOURS,
    NAMES,
    SHAPES,
    amount,
    issues_counted,
    issues_told,
    plain,
    sum_told,
    tenth,
)
from jira_integration.keeping import method_of
from jira_integration.models import SOURCE, JiraIssue, LinkedIssue
from jira_integration.models.counted import AS_COUNTED, work
from jira_integration.why_rows import Ends, Line, add_up, lines_of, names_of
from okr.models import KeyResult, Reading

Worth = tuple[str, str]
"""A category by name, and the points that it makes."""
LINES = 25
MOST_LINES = 1_000


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
    ends: Ends

    @classmethod
    def of(cls, key_result: KeyResult, most: int = LINES) -> "Why":
        breakdown = calculate(_what_counted(key_result), _method_then(key_result))
        tenths, ends = add_up(breakdown)
        issues = _issues(key_result, names_of(breakdown, most))
        lines = lines_of(breakdown, tenths, issues, most)
        shown = sum(((line.contributes or Decimal(0)) for line in lines), Decimal(0))
        return cls(key_result, breakdown, lines, sum(tenths, Decimal(0)) - shown, ends)

    @property
    def number(self) -> int:
        return len(self.breakdown.rows)

    @property
    def method(self) -> Method:
        return self.breakdown.method

    @property
    def linked(self) -> int:
        """All that was found, whether or not it counts."""
        return len(self.breakdown.works)

    @property
    def hidden(self) -> int:
        return self.linked - len(self.lines)

    @property
    def has_weights(self) -> bool:
        """Whether the links make issues count differently."""
        if self.method.measure.is_mapped:
            return False
        return len({row.work.weight for row in self.breakdown.rows}) > 1

    @property
    def columns(self) -> int:
        """Before the last one."""
        return 4 + self.method.is_sized + self.has_weights

    @property
    def start(self) -> str:
        return amount(self.method.start, self.method.sized_by)

    @property
    def beyond(self) -> str:
        """What the last step of a mapped measure is called: progress stays within 0 and 100%."""
        if self.ends.cut > 0:
            return "Less than the start value"
        return f"More than the target of {amount(self.method.target, self.method.sized_by)}"

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
    def none_counts(self) -> str:
        """None of the 4 linked issues counts: 3 have no Story points, 1 is left out."""
        told = []
        if unsized := len(self.breakdown.unsized):
            told.append(f"{unsized:,} without {self.method.sized_by or 'a size above 0'}")
        if out := len(self.breakdown.left_out):
            told.append(f"{out:,} left out for the resolution")
        return f"None of the {issues_counted(self.linked, 'linked ')} counts: {', '.join(told)}."

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
        return sum_told(self.breakdown.weights, self.breakdown.counts, self.method)

    @property
    def each(self) -> str:
        """Each Done issue contributes 7.7 points, each In Progress 3.8."""
        weighs = {row.weighs for row in self.breakdown.rows}
        even = weighs.pop() if len(weighs) == 1 else None
        worth = [
            (NAMES[category], plain(tenth(points * (even or 1))))
            for category, number in self.breakdown.counts.items()
            if number and (points := self._points_of(category))
        ]
        if not worth or self.number == 1:
            return ""
        return _each_issue(*worth) if even else _each_unit(self._unit, *worth)

    @property
    def _unit(self) -> str:
        if self.has_weights or not self.method.is_sized:
            return "unit of weight"
        name = self.method.sized_by
        hours = name.endswith(HOURS)
        return f"hour of {name.removesuffix(HOURS).strip()}" if hours else f"unit of {name}"

    @property
    def _whole(self) -> Fraction:
        """What the issues that count weigh together."""
        return sum(self.breakdown.weights.values(), Fraction(0))

    def _points_of(self, category: Category) -> Fraction:
        """What one issue, one of the field or one of weight is worth in that category."""
        if self.method.measure.is_mapped:
            return self.method.point if category is Category.DONE else Fraction(0)
        return self.method.scale.counts_as(category) / self._whole


def _each_issue(first: Worth, *others: Worth) -> str:
    more = "".join(f", each {name} {points}" for name, points in others)
    return f"Each {first[0]} issue contributes {first[1]} points{more}."


def _each_unit(unit: str, first: Worth, *others: Worth) -> str:
    more = "".join(f", {points} where it is {name}" for name, points in others)
    return f"Each {unit} contributes {first[1]} points where it is {first[0]}{more}."


def _what_counted(key_result: KeyResult) -> list[Work]:
    """By each of its links; an issue that two links found is here twice."""
    rows = LinkedIssue.objects.filter(link__key_result=key_result)
    columns = ("issue__connection_id", "issue__jira_id", *AS_COUNTED)
    return [work(IssueId(*row[:2]), *row[2:]) for row in rows.values_list(*columns)]


def _method_then(key_result: KeyResult) -> Method:
    last = next((each for each in reversed(key_result.history) if each.source == SOURCE), None)
    return method_of(last.why) if last else Method()


def _issues(key_result: KeyResult, names: Sequence[IssueId]) -> dict[IssueId, JiraIssue]:
    numbers = [name.number for name in names]
    rows = JiraIssue.objects.of_key_result(key_result.pk).filter(jira_id__in=numbers)
    return {issue.name: issue for issue in rows.select_related("connection")}
