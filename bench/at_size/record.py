"""Key results as they are stored, with everything that was measured and said of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from random import Random

from psycopg.types.json import Jsonb

from bench.at_size import words
from bench.at_size.copying import pour
from bench.at_size.numbers import MILESTONES, UNITS, Number
from jira_integration.models import SOURCE
from okr.models import CheckIn, KeyResult, Kind, Measurement, Milestone
from okr.progress import WHOLE, Part

A_BATCH = 2_000
SAYS_SOMETHING = 0.6
OF_KEY_RESULT = (
    "id", "objective_id", "owner_id", "title", "kind", "measured_in", "start", "target", "current",
    "progress", "measured_at", "tracked_by", "confidence", "checked_in_at",
)  # fmt: skip
OF_MILESTONE = ("key_result_id", "title", "due_on", "done_at", "done_by_id")
OF_MEASUREMENT = ("id", "key_result_id", "value", "progress", "at", "source", "by_id", "why")
OF_CHECK_IN = ("key_result_id", "by_id", "at", "confidence", "note", "measurement_id")
Parts = dict[int, list[Part]]
Row = tuple[object, ...]


def store(numbers: Iterable[Number], chance: Random) -> Parts:
    """Answers what counts toward each objective."""
    parts: Parts = defaultdict(list)
    coming = iter(numbers)
    while some := list(islice(coming, A_BATCH)):
        for each in some:
            parts[each.aim.pk].append(Part(each.last.progress, WHOLE / 100))
        _pour(some, chance)
    return parts


def _pour(some: list[Number], chance: Random) -> None:
    pour(KeyResult, OF_KEY_RESULT, map(_key_result, some))
    pour(Milestone, OF_MILESTONE, (row for each in some for row in _milestones(each)))
    pour(Measurement, OF_MEASUREMENT, (row for each in some for row in _measurements(each)))
    pour(CheckIn, OF_CHECK_IN, (row for each in some for row in _check_ins(each, chance)))


def _key_result(each: Number) -> Row:
    last, source = each.last, SOURCE if each.issues else ""
    unit = UNITS.get(each.kind, "")
    known = (each.pk, each.aim.pk, each.owner, each.title, each.kind.value, unit)
    moved = (last.value, last.progress, last.at, source, last.confidence, last.at)
    return (*known, each.start, each.target, *moved)


def _milestones(each: Number) -> Iterator[Row]:
    if each.kind != Kind.MILESTONES:
        return
    done = int(each.last.progress) * MILESTONES // 100
    for step in range(MILESTONES):
        due_on = each.aim.period.starts_on + timedelta(weeks=3 * (step + 1))
        by = (each.last.at, each.owner) if step < done else (None, None)
        yield (each.pk, f"Step {step + 1}", due_on, *by)


def _measurements(each: Number) -> Iterator[Row]:
    source, by = (SOURCE, None) if each.issues else ("", each.owner)
    for pk, moment in zip(_ids(each), each.moments, strict=True):
        why = Jsonb(_why(each.issues, moment.done) if each.issues else {})
        yield (pk, each.pk, moment.value, moment.progress, moment.at, source, by, why)


def _check_ins(each: Number, chance: Random) -> Iterator[Row]:
    """A person judges what is read elsewhere as well, but measures nothing."""
    for pk, moment in zip(_ids(each), each.moments, strict=True):
        note = chance.choice(words.SENTENCES) if chance.random() < SAYS_SOMETHING else ""
        measured = None if each.issues else pk
        yield (each.pk, each.owner, moment.at, moment.confidence, note, measured)


def _ids(each: Number) -> range:
    times = len(each.moments)
    return range((each.pk - 1) * times + 1, each.pk * times + 1)


def _why(issues: int, done: int) -> dict[str, object]:
    """As `jira_integration.keeping` keeps it."""
    begun = int(done < issues)
    counts = {"done": done, "indeterminate": begun, "new": issues - done - begun}
    told = {name: number for name, number in counts.items() if number}
    return {"scale": [0, 50, 100], "version": 1, "measure": "mean", "counts": told}
