"""How many key results are on track, at risk, off track or waiting for a check-in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from okr.models import Confidence
from okr.models.due import waiting as waiting_for_judgement
from okr.models.key_result import KeyResultQuerySet

WAITING = "waiting"
JUDGED = (Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK)
FILTERS = (*JUDGED, WAITING)


@dataclass(frozen=True, slots=True)
class Tally:
    """A count that filters: `value` is what the address names when it is pressed."""

    value: str
    label: str
    count: int
    total: int


def counts(key_results: KeyResultQuerySet, now: datetime, waiting: str) -> list[Tally]:
    """The three judgements, and under the label `waiting` what nobody has judged for a week."""
    judged = {word: Count("pk", filter=Q(confidence=word)) for word in JUDGED}
    found = key_results.aggregate(
        total=Count("pk"), waiting=Count("pk", filter=waiting_for_judgement(now)), **judged
    )
    total = found["total"]
    tallies = [Tally(word, word.label, found[word], total) for word in JUDGED]
    return [*tallies, Tally(WAITING, waiting, found[WAITING], total)]


def chosen(filtered: str, now: datetime) -> Q:
    """What one of the filters keeps; without one, everything."""
    if filtered == WAITING:
        return waiting_for_judgement(now)
    return Q(confidence=filtered) if filtered else Q()
