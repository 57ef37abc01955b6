"""What a measurement keeps of its own cause: from which number to which, by which parts."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import OuterRef, Subquery

from jira_integration.calculation import Breakdown, Category, Scale, calculate
from jira_integration.difference import Part, filled_up, split
from jira_integration.models import SOURCE
from jira_integration.sync.compute import Outcome
from okr.models import KeyResult, Measurement, Reading

Why = Mapping[str, Any]


def last_told(key_result_ids: list[int]) -> dict[int, Why | None]:
    """What the last measurement from Jira kept, in one query for any number of key results."""
    own = Measurement.objects.filter(key_result=OuterRef("pk"), source=SOURCE)
    last = Subquery(own.order_by("-at", "-id").values("why")[:1])
    rows = KeyResult.objects.filter(pk__in=key_result_ids).annotate(last_why=last)
    return dict(rows.values_list("pk", "last_why"))


def with_split(
    reading: Reading, outcome: Outcome, last: Why | None, progress: Decimal | None
) -> Reading:
    """The parts add up exactly to the way from `progress`, as it stands, to what was read."""
    before = _before(outcome, last)
    start = before.progress if before else None
    if start is None or Reading(0, start).settled != progress:
        start = Fraction(progress or 0)
    parts = split(before, outcome.breakdown) if before else {}
    if rest := reading.share - start - sum(parts.values(), Fraction(0)):
        parts[Part.ELSEWHERE] = rest
    told = {str(part): str(points) for part, points in parts.items()}
    kept = {**reading.why, "from": str(start), "to": str(reading.share), "parts": told}
    return replace(reading, why=_with_unlinked(kept, before))


def _with_unlinked(why: dict[str, Any], before: Breakdown | None) -> dict[str, Any]:
    """Counts those among the removed whose link was removed: their names went with it."""
    nameless = sum(row.work.id < 0 for row in before.rows) if before else 0
    if not nameless:
        return why
    known = why.get("removed", {"number": 0, "issues": []})
    return {**why, "removed": {**known, "number": known["number"] + nameless}}


def _before(outcome: Outcome, last: Why | None) -> Breakdown | None:
    """What counted in the last measurement, under the percentages of that time."""
    if not last:
        return None
    counts = {Category(name): number for name, number in last["counts"].items()}
    return calculate(filled_up(outcome.before, counts), Scale(*last["scale"]))
