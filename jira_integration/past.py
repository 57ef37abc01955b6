"""What a number was on a day, and what moved it since the day before: all from the record."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Self

from django.utils import timezone

from jira_integration.calculation import IssueId
from jira_integration.difference import Part
from jira_integration.explanation import in_tenths, issues_counted, plain, sum_told, tenth
from jira_integration.keeping import counts_of, method_of, names_in, weights_of
from jira_integration.models import SOURCE, JiraIssue
from okr.models import KeyResult, Measurement, Reading

LABELS = {
    Part.FINISHED: "Finished",
    Part.REOPENED: "Reopened",
    Part.MOVED: "Moved between To Do and In Progress",
    Part.ADDED: "Scope added",
    Part.REMOVED: "Scope removed",
    Part.REWEIGHTED: "Re-weighted",
    Part.SETTINGS: "Percentages or measure changed",
    Part.ELSEWHERE: "Entered by hand or not recorded",
}
NAMED_AT_MOST = 5
FIRST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Moved:
    """One part of a difference: its points in tenths, and the issues that it is about."""

    part: Part
    points: Decimal
    number: int
    issues: list[JiraIssue]

    @property
    def label(self) -> str:
        return LABELS[self.part]

    @property
    def counted(self) -> str:
        return issues_counted(self.number) if self.number else ""

    @property
    def more(self) -> int:
        return self.number - len(self.issues)

    @property
    def signed(self) -> str:
        return signed(self.points)


@dataclass(frozen=True, slots=True)
class Past:
    """A day of a history; `stood_since` is when the number of its evening was measured."""

    day: date
    today: date
    last: Measurement | None
    start: Fraction | None = None
    end: Fraction = Fraction(0)
    moved: list[Moved] = field(default_factory=list)
    chosen: bool = False

    @classmethod
    def of(cls, key_result: KeyResult, day: date | None, today: date) -> Self:
        """The chosen day, or the last one on which the number was measured."""
        rows = key_result.history
        latest = rows[-1] if rows else None
        shown = max(min(day, today), FIRST) if day else _local(latest) or today
        begins, ends = _midnight(shown), _midnight(shown + timedelta(days=1))
        before = next((each for each in reversed(rows) if each.at < begins), None)
        within = [each for each in rows if begins <= each.at < ends]
        last = within[-1] if within else before
        past = cls(shown, today, last, chosen=day is not None)
        if last is None or not (before and within):
            return past
        start, parts = _added_up(before, within)
        end = start + sum(parts.values(), Fraction(0))
        moved = _moved(key_result, start, end, parts, within)
        return cls(shown, today, last, start, end, moved, chosen=day is not None)

    @property
    def stood_since(self) -> date | None:
        return _local(self.last)

    @property
    def is_unmoved(self) -> bool:
        return self.stood_since != self.day

    @property
    def difference(self) -> str:
        return signed(tenth(self.end) - tenth(self.start or Fraction(0)))

    @property
    def way(self) -> str:
        """From 71.2% to 61.5%."""
        began = plain(tenth(self.start or Fraction(0)))
        return f"From {began}% to {plain(tenth(self.end))}%"

    @property
    def exact(self) -> str:
        """The last number as it was before it was rounded for the screen: 61.5%."""
        return f"{plain(tenth(Fraction(self.last.progress if self.last else 0)))}%"

    @property
    def started(self) -> Decimal:
        return _settled(self.start or Fraction(0))

    @property
    def verb(self) -> str:
        if self.start is None or self.start == self.end:
            return ""
        return "rise" if self.end > self.start else "fall"

    @property
    def evening(self) -> str:
        """Yesterday, or the day before the one that is shown."""
        eve = self.day - timedelta(days=1)
        return "yesterday" if self.day == self.today else f"on {eve:%-d %B}"

    @property
    def sum(self) -> str:
        """The formula of that evening; empty where a person entered the number."""
        if self.last is None or self.last.source != SOURCE:
            return ""
        why = self.last.why
        return sum_told(weights_of(why), counts_of(why), method_of(why))


def signed(points: Decimal) -> str:
    """+3.8, and −9.7 with a real minus."""
    return f"{points:+}".replace("-", "−") if points else "0.0"


def _added_up(
    before: Measurement, within: Sequence[Measurement]
) -> tuple[Fraction, dict[Part, Fraction]]:
    """Where the day began, and its parts; a step without parts is told as such."""
    parts: dict[Part, Fraction] = defaultdict(Fraction)
    first = Fraction(within[0].why.get("from", before.progress))
    start = stands = first if _settled(first) == before.progress else Fraction(before.progress)
    for each in within:
        told = {Part(name): Fraction(text) for name, text in each.why.get("parts", {}).items()}
        reached = Fraction(each.why.get("to", each.progress))
        for part, points in told.items():
            parts[part] += points
        if rest := reached - stands - sum(told.values(), Fraction(0)):
            parts[Part.ELSEWHERE] += rest
        stands = reached
    return start, parts


def _moved(
    key_result: KeyResult,
    start: Fraction,
    end: Fraction,
    parts: dict[Part, Fraction],
    within: Sequence[Measurement],
) -> list[Moved]:
    numbers = {part: _about(part, within) for part in Part}
    told = [part for part in Part if parts.get(part) or numbers[part][0]]
    exact = [parts.get(part, Fraction(0)) for part in told]
    points = in_tenths(exact, tenth(end) - tenth(start))
    named = _named(key_result, [n for part in told for n in numbers[part][1]])
    return [
        Moved(part, each, numbers[part][0], [named[n] for n in numbers[part][1] if n in named])
        for part, each in zip(told, points, strict=True)
    ]


def _about(part: Part, within: Iterable[Measurement]) -> tuple[int, list[IssueId]]:
    """How many issues of the day a part is about, and the first of them."""
    told = [each.why[part] for each in within if part in each.why]
    names = dict.fromkeys(name for each in told for name in names_in(each["issues"]))
    return sum(each["number"] for each in told), list(names)[:NAMED_AT_MOST]


def _named(key_result: KeyResult, names: list[IssueId]) -> dict[IssueId, JiraIssue]:
    """Old measurements do not tell the site: there, any that the key result is linked to."""
    numbers = [name.number for name in names]
    rows = JiraIssue.objects.filter(jira_id__in=numbers, connection__links__key_result=key_result)
    found = list(rows.select_related("connection").distinct().order_by("-connection"))
    anywhere = {IssueId(0, each.jira_id): each for each in found}
    return anywhere | {each.name: each for each in found}


def _settled(exact: Fraction) -> Decimal:
    return Reading(0, exact).settled


def _local(measurement: Measurement | None) -> date | None:
    return timezone.localdate(measurement.at) if measurement else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
