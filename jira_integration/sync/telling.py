"""What a measurement keeps of its own cause: from which number to which, by which parts."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import OuterRef, Subquery

from jira_integration.alike import KNOWN_AT_MOST, Number, number_of
from jira_integration.calculation import calculate, each_once
from jira_integration.difference import Part, Split, moves, split
from jira_integration.keeping import Why, keep_moves, keep_split, method_of, same_method
from jira_integration.models import SOURCE
from jira_integration.sync.compute import Outcome
from okr.models import KeyResult, Measurement, Reading


def last_told(key_result_ids: list[int]) -> dict[int, Why | None]:
    """What the last measurement from Jira kept, in one query for any number of key results."""
    own = Measurement.objects.filter(key_result=OuterRef("pk"), source=SOURCE)
    last = Subquery(own.order_by("-at", "-id").values("why")[:1])
    rows = KeyResult.objects.filter(pk__among=key_result_ids).annotate(last_why=last)
    return dict(rows.values_list("pk", "last_why"))


def is_made_otherwise(outcome: Outcome, last: Why | None) -> bool:
    """Whether the last number was made by another method than this one."""
    return bool(last) and not same_method(outcome.number.method, method_of(last or {}))


def with_split(
    reading: Reading, outcome: Outcome, last: Why | None, progress: Decimal | None
) -> Reading:
    """The parts add up exactly to the way from `progress`, as it stands, to what was read."""
    was = number_of(outcome.before, method_of(last) if last else outcome.number.method)
    if _counts_the_same(outcome):
        why = _by_settings(was, outcome.number, bool(last), progress)
    else:
        why = _by_steps(was, outcome, bool(last), progress)
    return replace(reading, why={**why, "requeried": True} if outcome.requeried else why)


def _counts_the_same(outcome: Outcome) -> bool:
    if not (outcome.changed_members or outcome.unlinked):
        return True
    return each_once(outcome.before) == each_once(outcome.works)


@lru_cache(KNOWN_AT_MOST)
def _by_settings(was: Number, now: Number, told: bool, progress: Decimal | None) -> dict[str, Any]:
    """Where the same issues count as before: what `split` and `moves` make of that."""
    parts = {}
    if was.share is not None and now.share is not None and was.share != now.share:
        parts[Part.SETTINGS] = now.share - was.share
    return now.kept | _way(was, now, parts if told else None, progress)


def _by_steps(
    was: Number, outcome: Outcome, told: bool, progress: Decimal | None
) -> dict[str, Any]:
    before, after = calculate(outcome.before, was.method), outcome.breakdown
    parts = split(before, after) if told else None
    moved = keep_moves(moves(before, after))
    return outcome.number.kept | moved | _way(was, outcome.number, parts, progress)


def _way(was: Number, now: Number, parts: Split | None, progress: Decimal | None) -> dict[str, Any]:
    """From what stands to what was read, if anything was; the parts are None where no measurement
    told of the number that stands."""
    start, end = was.share, now.share or Fraction(0)
    if parts is None or start is None or Reading(0, start).settled != progress:
        start = Fraction(progress or 0)
    parts = dict(parts or {})
    if rest := end - start - sum(parts.values(), Fraction(0)):
        parts[Part.ELSEWHERE] = rest
    return keep_split(start, end, parts)
