"""What a measurement keeps of its own cause: from which number to which, by which parts."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from django.db.models import OuterRef, Subquery

from jira_integration.calculation import Breakdown, calculate
from jira_integration.difference import Part, moves, split
from jira_integration.keeping import Why, keep_moves, keep_split, method_of, same_method
from jira_integration.models import SOURCE
from jira_integration.sync.compute import Outcome
from okr.models import KeyResult, Measurement, Reading


def last_told(key_result_ids: list[int]) -> dict[int, Why | None]:
    """What the last measurement from Jira kept, in one query for any number of key results."""
    own = Measurement.objects.filter(key_result=OuterRef("pk"), source=SOURCE)
    last = Subquery(own.order_by("-at", "-id").values("why")[:1])
    rows = KeyResult.objects.filter(pk__in=key_result_ids).annotate(last_why=last)
    return dict(rows.values_list("pk", "last_why"))


def is_made_otherwise(outcome: Outcome, last: Why | None) -> bool:
    """Whether the last number was made by another method than this one."""
    return bool(last) and not same_method(outcome.breakdown.method, method_of(last or {}))


def with_split(
    reading: Reading, outcome: Outcome, last: Why | None, progress: Decimal | None
) -> Reading:
    """The parts add up exactly to the way from `progress`, as it stands, to what was read."""
    before = _before(outcome, last)
    start = before.progress
    if not last or start is None or Reading(0, start).settled != progress:
        start = Fraction(progress or 0)
    parts = split(before, outcome.breakdown) if last else {}
    if rest := reading.share - start - sum(parts.values(), Fraction(0)):
        parts[Part.ELSEWHERE] = rest
    told = keep_moves(moves(before, outcome.breakdown))
    told |= {"requeried": True} if outcome.requeried else {}
    return replace(reading, why={**reading.why, **told, **keep_split(start, reading.share, parts)})


def _before(outcome: Outcome, last: Why | None) -> Breakdown:
    """What counted in the last measurement, by the method of that time."""
    return calculate(outcome.before, method_of(last) if last else outcome.breakdown.method)
