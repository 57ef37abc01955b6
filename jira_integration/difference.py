"""From one number to the next: what moved it, in parts that add up to the difference. Pure."""

from enum import StrEnum
from fractions import Fraction

from jira_integration.calculation import Breakdown, Category, Scale, Work


class Part(StrEnum):
    """What can move a number, in the order in which it is worked out and told."""

    FINISHED = "finished"
    REOPENED = "reopened"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"
    SETTINGS = "settings"
    ELSEWHERE = "elsewhere"


Split = dict[Part, Fraction]


def split(before: Breakdown, after: Breakdown) -> Split:
    """The exact points of each part; what had none is left out.

    First the issues that count both times move, under the percentages from before. Then the scope:
    an issue that comes in pulls the number from where it then stands towards what the issue counts
    as, and one that goes lets it spring back. Last, the new percentages. Where one of the two has
    no issue there is no number, and so nothing to split.
    """
    if not (before.rows and after.rows):
        return {}
    scale, was, now = before.scale, works_of(before), works_of(after)
    parts = dict.fromkeys(Part, Fraction(0))
    for number in was.keys() & now.keys():
        gain = scale.counts_as(now[number]) - scale.counts_as(was[number])
        parts[step(was[number], now[number])] += Fraction(gain, len(was))
    stands = _total(before) + sum(parts.values(), Fraction(0))
    for number in now.keys() - was.keys():
        parts[Part.ADDED] += (scale.counts_as(now[number]) - stands) / len(now)
    for number in was.keys() - now.keys():
        parts[Part.REMOVED] -= (scale.counts_as(was[number]) - stands) / len(now)
    parts[Part.SETTINGS] = _total(after) - _mean(now, scale)
    return {part: points for part, points in parts.items() if points}


def works_of(breakdown: Breakdown) -> dict[int, Category]:
    return {row.work.id: row.work.category for row in breakdown.rows}


def step(was: Category, now: Category) -> Part:
    if was != now and Category.DONE in (was, now):
        return Part.FINISHED if now is Category.DONE else Part.REOPENED
    return Part.MOVED


def filled_up(known: dict[int, Category], counts: dict[Category, int]) -> list[Work]:
    """What counted, where a removed link took the names of some issues with it.

    Only how many a category had is known of those; they stand in under numbers that Jira never
    gives. A status without a category was counted with To Do.
    """
    missing = dict(counts)
    for category in known.values():
        told = Category.NEW if category is Category.UNDEFINED else category
        missing[told] = missing.get(told, 0) - 1
    nameless = [each for each, number in missing.items() for _ in range(number)]
    named = [Work(number, category) for number, category in known.items()]
    return [*named, *(Work(-place, each) for place, each in enumerate(nameless, start=1))]


def _total(breakdown: Breakdown) -> Fraction:
    return breakdown.progress or Fraction(0)


def _mean(categories: dict[int, Category], scale: Scale) -> Fraction:
    worth = sum(scale.counts_as(category) for category in categories.values())
    return Fraction(worth, len(categories))
