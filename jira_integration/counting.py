"""From what is known of an issue to what it is for one key result: pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from jira_integration.calculation import Category, IssueId, Measure, Method, Scale, Without, Work
from jira_integration.client import Issue

JOINT = "+"
"""Between the ids of fields of which the first that is filled counts."""
NO_RESOLUTIONS: Mapping[int, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """An issue as Jira last told it; `numbers` by the ids of fields, those that are filled."""

    category: Category
    resolution: str = ""
    numbers: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, issue: Issue) -> "Seen":
        resolution = issue.resolution.id if issue.resolution else ""
        return cls(Category(issue.category), resolution, issue.numbers)


@dataclass(frozen=True, slots=True)
class Way:
    """How a key result is measured, as its editors chose.

    `fields` names the field of each site, by our number of the connection; `unit` is what people
    call it. `start` and `target` are those of the key result.
    """

    measure: Measure = Measure.MEAN
    fields: tuple[tuple[int, str], ...] = ()
    unit: str = ""
    without: Without = Without.LEFT_OUT
    start: Fraction = Fraction(0)
    target: Fraction = Fraction(100)

    @property
    def has_room(self) -> bool:
        """What is counted only rises, so the target has to be above the start."""
        return not self.measure.is_mapped or self.target > self.start

    def method(self, scale: Scale, left_out: Mapping[int, frozenset[str]]) -> Method:
        mapped = self.measure.is_mapped
        return Method(
            scale=self.measure.scale(scale),
            measure=self.measure,
            sized_by=self.unit if self.fields else "",
            without=self.without if self.fields else Without.LEFT_OUT,
            start=self.start if mapped else Fraction(0),
            target=self.target if mapped else Fraction(100),
            left_out=frozenset(f"{site}:{each}" for site, ids in left_out.items() for each in ids),
        )

    def size(self, site: int, numbers: Mapping[str, Decimal]) -> Fraction | None:
        """The first of the chosen fields that is filled; None where none is."""
        chosen = dict(self.fields).get(site, "")
        filled = (numbers[name] for name in chosen.split(JOINT) if name in numbers)
        return next((Fraction(value) for value in filled), None)

    def work(
        self,
        name: IssueId,
        seen: Seen,
        weight: int,
        left_out: Mapping[int, frozenset[str]] = NO_RESOLUTIONS,
    ) -> Work:
        """Only what is Done can be left out for its resolution."""
        out = seen.category is Category.DONE and seen.resolution in left_out.get(name.site, ())
        return Work(name, seen.category, self.size(name.site, seen.numbers), weight, out)


def fields_named(ways: Iterable[Way], site: int) -> list[str]:
    """The ids of the fields that are needed of a site, each once."""
    chosen = (dict(way.fields).get(site, "") for way in ways)
    return sorted({name for joined in chosen for name in joined.split(JOINT) if name})
