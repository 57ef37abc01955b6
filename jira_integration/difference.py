"""From one number to the next: what moved it, in parts that add up to the difference. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from jira_integration.calculation import Breakdown, Category, IssueId, Work, calculate


class Part(StrEnum):
    """What can move a number, in the order in which it is worked out and told."""

    FINISHED = "finished"
    REOPENED = "reopened"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"
    REWEIGHTED = "reweighted"
    SETTINGS = "settings"
    ELSEWHERE = "elsewhere"


Split = dict[Part, Fraction]
Moves = Mapping[Part, list[IssueId]]
STEPS = (Part.FINISHED, Part.REOPENED, Part.MOVED)


def split(before: Breakdown, after: Breakdown) -> Split:
    """The exact points of each part; what had none is left out.

    The one is turned into the other step by step: first issues that count both times move, then
    new ones come in, others go, sizes and link weights change, and last the settings. A part is
    what its step moves the number by, so that they add up whatever the formula. Where one of the
    two has no number, there is nothing to split.
    """
    stands, end = before.progress, after.progress
    if stands is None or end is None:
        return {}
    parts = {}
    for part, works in _stages(before, after) if before.works != after.works else ():
        reached = calculate(works, before.method).progress
        if reached is not None and reached != stands:
            parts[part], stands = reached - stands, reached
    if end != stands:
        parts[Part.SETTINGS] = end - stands
    return parts


def moves(before: Breakdown, after: Breakdown) -> Moves:
    """What happened to which issues. One that is left out by its resolution is out of scope;
    where the choice of resolutions changed, that is a change of settings and not of scope."""
    was, now = before.works, after.works
    both = was.keys() & now.keys()
    found: dict[Part, list[IssueId]] = {part: [] for part in Part}
    for name in sorted(both):
        if was[name].left_out or now[name].left_out:
            continue
        if was[name].category != now[name].category:
            found[_step(was[name].category, now[name].category)].append(name)
        if _as_heavy(was[name], now[name], before, after) != was[name]:
            found[Part.REWEIGHTED].append(name)
    decided = both if before.method.left_out != after.method.left_out else set[IssueId]()
    counted, counts = _counting(was) - decided, _counting(now) - decided
    found[Part.ADDED], found[Part.REMOVED] = sorted(counts - counted), sorted(counted - counts)
    return {part: names for part, names in found.items() if names}


def _stages(before: Breakdown, after: Breakdown) -> Iterator[tuple[Part, list[Work]]]:
    """The issues as they stand after each step that changes any, all under the method from
    before."""
    now, standing, told = after.works, before.works, moves(before, after)
    for part in STEPS:
        changed = {n: replace(standing[n], category=now[n].category) for n in told.get(part, ())}
        yield from _step_to(part, standing, changed)
    added = {name: now[name] for name in told.get(Part.ADDED, ())}
    yield from _step_to(Part.ADDED, standing, added)
    removed = {n: replace(standing[n], left_out=True) for n in told.get(Part.REMOVED, ())}
    yield from _step_to(Part.REMOVED, standing, removed)
    both = standing.keys() & now.keys()
    heavy = {n: _as_heavy(standing[n], now[n], before, after) for n in both}
    changed = {name: work for name, work in heavy.items() if work != standing[name]}
    yield from _step_to(Part.REWEIGHTED, standing, changed)


def _step_to(
    part: Part, standing: dict[IssueId, Work], changed: Mapping[IssueId, Work]
) -> Iterator[tuple[Part, list[Work]]]:
    if changed:
        standing.update(changed)
        yield part, [*standing.values()]


def _step(was: Category, now: Category) -> Part:
    if Category.DONE in (was, now):
        return Part.FINISHED if now is Category.DONE else Part.REOPENED
    return Part.MOVED


def _as_heavy(work: Work, now: Work, before: Breakdown, after: Breakdown) -> Work:
    """With its size and weight of now; sizes by another field are a change of settings."""
    same_field = before.method.sized_by == after.method.sized_by
    size = now.size if same_field else work.size
    if (size, now.weight) == (work.size, work.weight):
        return work
    return replace(work, size=size, weight=now.weight)


def _counting(works: Mapping[IssueId, Work]) -> set[IssueId]:
    return {name for name, work in works.items() if not work.left_out}
