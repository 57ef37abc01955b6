"""What a page cost at both sizes, and the figures that follow from it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.figures import Figure, p95

SMALL_P95, TIMES_SMALL, PAGE_KB = 40, 1.5, 60
THOUSAND = 1_000


@dataclass
class Cost:
    """Of a page for one role at one size."""

    facts: dict[str, Any]
    wall: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return median(self.wall) * THOUSAND

    @property
    def late(self) -> float:
        return p95(self.wall) * THOUSAND

    @property
    def queries(self) -> int:
        return int(self.facts["queries"])

    @property
    def sql(self) -> float:
        return float(self.facts["sql"]) * THOUSAND

    @property
    def kilobytes(self) -> float:
        return float(self.facts["bytes"]) / THOUSAND

    @property
    def line(self) -> str:
        own = median(self.own) * THOUSAND
        return (
            f"{self.middle:7.1f} {self.late:7.1f} {own:7.1f} {self.sql:7.1f} {self.queries:4}"
            f" {self.kilobytes:6.1f}"
        )


@dataclass
class Measured:
    """A page for one role at both sizes."""

    page: dict[str, Any]
    small: Cost
    large: Cost

    @property
    def times(self) -> float:
        return self.large.middle / self.small.middle


def figures(found: list[Measured]) -> Iterator[Figure]:
    by_name: dict[str, list[Measured]] = defaultdict(list)
    for each in found:
        by_name[each.page["name"]].append(each)
    for name, roles in by_name.items():
        yield from _figures(name, roles, bounded=roles[0].page["named"])
    more = sum(each.small.queries < each.large.queries for each in found)
    yield Figure.at_most("5", "pages that ask more queries at the large size", more, "", 0)


def _figures(name: str, roles: list[Measured], *, bounded: bool) -> Iterator[Figure]:
    late = max(each.small.late for each in roles)
    times = max(each.times for each in roles)
    heaviest = max(max(each.small.kilobytes, each.large.kilobytes) for each in roles)
    slowest = max(roles, key=lambda each: each.large.middle)
    yield Figure.at_most("5", f"{name}: p95, small", late, "ms", SMALL_P95)
    yield Figure.at_most("5", f"{name}: large against small", times, "×", TIMES_SMALL)
    if bounded:
        yield Figure("5", f"{name}: median, large", slowest.large.middle, "ms")
        yield Figure("5", f"{name}: its queries alone, large", slowest.large.sql, "ms")
        yield Figure("5", f"{name}: queries", max(each.large.queries for each in roles), "")
        yield Figure.at_most("5", f"{name}: gzipped, scripts and styles", heaviest, "kB", PAGE_KB)
