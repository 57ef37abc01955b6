"""What is alike makes the same number, so that it is worked out once. Pure.

A number and what is kept of it depend on how many issues are alike, never on which: the names only
tell two of them apart.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from jira_integration.calculation import Category, IssueId, Method, Work, calculate, each_once
from jira_integration.keeping import keep

KNOWN_AT_MOST = 4_096
Traits = tuple[Category, Fraction | None, int, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """What issues make by a method; `share` is None where none of them counts. `kept` is shared
    by all that are alike, so that nobody may change it."""

    method: Method
    share: Fraction | None
    kept: dict[str, Any]


def number_of(works: Iterable[Work], method: Method) -> Number:
    """What `calculate` makes of them."""
    unique = each_once(works).values()
    traits = Counter((work.category, work.size, work.weight, work.left_out) for work in unique)
    return _number(frozenset(traits.items()), method)


@lru_cache(KNOWN_AT_MOST)
def _number(traits: frozenset[tuple[Traits, int]], method: Method) -> Number:
    each = Counter(dict(traits)).elements()
    breakdown = calculate([Work(IssueId(0, at), *own) for at, own in enumerate(each)], method)
    return Number(method, breakdown.progress, keep(breakdown))
