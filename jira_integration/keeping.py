"""What a measurement keeps of how its number was made, and how that is read again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from jira_integration.calculation import (
    Breakdown,
    Category,
    IssueId,
    Measure,
    Method,
    Scale,
    Without,
)
from jira_integration.difference import Moves, Split

Why = Mapping[str, Any]
NAMED_AT_MOST = 50
METHODS_AT_MOST = 1_024


def keep(breakdown: Breakdown) -> dict[str, Any]:
    method = breakdown.method
    told: dict[str, Any] = {
        "scale": [method.scale.to_do, method.scale.in_progress, method.scale.done],
        "version": method.scale.version,
        "measure": str(method.measure),
        "counts": {str(name): number for name, number in breakdown.counts.items()},
    }
    if method.is_sized:
        told |= {"sized_by": method.sized_by, "without": str(method.without)}
    if any(row.weighs != 1 for row in breakdown.rows):
        told["weights"] = {str(name): str(each) for name, each in breakdown.weights.items()}
    if method.measure.is_mapped:
        told |= {"start": str(method.start), "target": str(method.target)}
    if method.left_out:
        told["resolutions"] = sorted(method.left_out)
    for name, works in (("left_out", breakdown.left_out), ("unsized", breakdown.unsized)):
        if works:
            told[name] = len(works)
    return told


def method_of(why: Why) -> Method:
    """What is not told stands for what it was before anybody could choose it."""
    to_do, in_progress, done = why["scale"]
    return _method(
        Scale(to_do, in_progress, done, why.get("version", 0)),
        why.get("measure", Measure.MEAN),
        why.get("sized_by", ""),
        why.get("without", Without.LEFT_OUT),
        why.get("start", "0"),
        why.get("target", "100"),
        frozenset(why.get("resolutions", ())),
    )


@lru_cache(METHODS_AT_MOST)
def _method(
    scale: Scale,
    measure: str,
    sized_by: str,
    without: str,
    start: str,
    target: str,
    left_out: frozenset[str],
) -> Method:
    """Many measurements tell of the same few."""
    way = Measure(measure), sized_by, Without(without)
    return Method(scale, *way, Fraction(start), Fraction(target), left_out)


def counts_of(why: Why) -> dict[Category, int]:
    return {Category(name): number for name, number in why["counts"].items()}


def weights_of(why: Why) -> dict[Category, Fraction]:
    """What the issues of a category weighed together; one each where nothing else was chosen."""
    told = why.get("weights", why["counts"])
    return {Category(name): Fraction(each) for name, each in told.items()}


@lru_cache(METHODS_AT_MOST)
def same_method(one: Method, other: Method) -> bool:
    """Whether they make the same number of any issues; versions of the settings aside."""
    return _unversioned(one) == _unversioned(other)


def keep_moves(moves: Moves) -> dict[str, Any]:
    """Issues by what happened to them, at most 50 each, with the full counts."""
    return {
        str(part): {"number": len(names), "issues": [list(each) for each in names[:NAMED_AT_MOST]]}
        for part, names in moves.items()
    }


def keep_split(start: Fraction, end: Fraction, parts: Split) -> dict[str, Any]:
    told = {str(part): str(points) for part, points in parts.items()}
    return {"from": str(start), "to": str(end), "parts": told}


def names_in(issues: Iterable[Any]) -> list[IssueId]:
    """Issues as they were kept: by site and number, and in old measurements by number alone."""
    return [IssueId(0, each) if isinstance(each, int) else IssueId(*each) for each in issues]


def _unversioned(method: Method) -> Method:
    return replace(method, scale=replace(method.scale, version=0))
