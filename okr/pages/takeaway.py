"""Lists as somebody takes them away: the rows behind a page, all of them, for a file.

The objectives have the columns that an import reads, so what goes out of one cycle can come into
another; the columns after those only tell how it stands.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import merge

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from okr.exports import Cell, Sheet
from okr.models import CheckIn, Cycle, KeyResult, Measurement, Objective, Person
from okr.models.key_result import KeyResultQuerySet
from okr.models.objective import ObjectiveQuerySet
from okr.pages.company import in_cycle
from okr.pages.filters import Filters

OBJECTIVE = ("objective", "level", "unit", "owner_email", "parent", "weight", "visibility", "tags")
KEY_RESULT = (
    "key_result", "kr_owner_email", "kind", "start", "target", "current", "measured_in",
    "kr_weight",
)  # fmt: skip
STANDING = ("objective_progress", "progress", "confidence", "checked_in_on", "score")
COLUMNS = OBJECTIVE + KEY_RESULT + STANDING
HISTORY = ("at", "value", "progress", "source", "by", "confidence", "note", "corrected_at")
NO_KEY_RESULT: tuple[Cell, ...] = (None,) * len(KEY_RESULT)
CHUNK = 500
Row = Sequence[Cell]
Dated = tuple[datetime, Cell, Cell, Cell, Cell, Cell, Cell, Cell]


def company_sheet(person: Person, cycle: Cycle, filters: Filters) -> Sheet:
    """The objectives of a cycle that match, one row for each key result."""
    return objectives_sheet(person, cycle, filters.apply(in_cycle(person, cycle)))


def objectives_sheet(person: Person, cycle: Cycle, found: ObjectiveQuerySet) -> Sheet:
    everything = KeyResult.objects.select_related("owner")
    return Sheet(f"Objectives {cycle}", COLUMNS, rows_of_objectives(found, everything, person))


def my_sheet(person: Person, cycle: Cycle) -> Sheet:
    """What a person owns in a cycle: objectives, and key results in the objectives of others."""
    own = KeyResult.objects.filter(Q(owner=person) | Q(objective__owner=person))
    with_them = Q(owner=person) | Q(pk__in=own.values("objective"))
    objectives = Objective.objects.visible_to(person).filter(with_them, cycle=cycle)
    rows = rows_of_objectives(objectives.order_by("id"), own.select_related("owner"), person)
    return Sheet(f"My OKRs {cycle}", COLUMNS, rows)


def history_sheet(key_result: KeyResult) -> Sheet:
    """Every value and every judgement of a key result, oldest first."""
    values = key_result.measurements.in_order().select_related("by", "check_in__corrected_by")
    judgements = key_result.check_ins.filter(measurement=None).select_related("by", "corrected_by")
    rows = merge(
        map(_measured, values.iterator(CHUNK)),
        map(_judged, judgements.order_by("at", "id").iterator(CHUNK)),
        key=lambda row: row[0],
    )
    return Sheet(f"History {key_result}"[:60], HISTORY, rows, is_list=False)


def rows_of_objectives(
    objectives: ObjectiveQuerySet, key_results: KeyResultQuerySet, person: Person
) -> Iterator[Row]:
    """`key_results` are those that count here; what is above is named where it may be seen."""
    above = Objective.objects.visible_to(person).filter(pk=OuterRef("parent_id"))
    rows = (
        objectives.select_related("owner", "unit", "closure")
        .annotate(above=Subquery(above.values("title")[:1]))
        .prefetch_related("tags", Prefetch("key_results", queryset=key_results, to_attr="taken"))
    )
    for objective in rows.iterator(CHUNK):
        shown: list[KeyResult] = objective.taken  # type: ignore[attr-defined]
        score = objective.closure.score if hasattr(objective, "closure") else None
        first = _objective(objective, objective.above)  # type: ignore[attr-defined]
        if not shown:
            yield (*first, *NO_KEY_RESULT, objective.progress, None, None, None, score)
        for each in shown:
            yield (*first, *_key_result(each), objective.progress, *_standing(each), score)


def _objective(objective: Objective, above: str | None) -> tuple[Cell, ...]:
    return (
        objective.title,
        objective.level,
        objective.unit.name if objective.unit else "",
        objective.owner.email,
        above or "",
        objective.weight,
        objective.visibility,
        ", ".join(tag.name for tag in objective.tags.all()),
    )


def _key_result(key_result: KeyResult) -> tuple[Cell, ...]:
    return (
        key_result.title,
        key_result.owner.email,
        key_result.kind,
        key_result.start,
        key_result.target,
        key_result.current,
        key_result.measured_in,
        key_result.weight,
    )


def _standing(key_result: KeyResult) -> tuple[Cell, ...]:
    judged = key_result.checked_in_at
    day = timezone.localdate(judged) if judged else None
    return key_result.progress, key_result.confidence, day


def _measured(measurement: Measurement) -> Dated:
    judged = getattr(measurement, "check_in", None)
    by = measurement.by.name if measurement.by else ""
    told = (judged.confidence, judged.note) if judged else ("", "")
    source = measurement.source.capitalize() or "By hand"
    stood = (measurement.value, measurement.progress, source, by)
    return measurement.at, *stood, *told, _corrected_at(judged)


def _judged(check_in: CheckIn) -> Dated:
    said = (check_in.by.name, check_in.confidence, check_in.note)
    return check_in.at, None, None, "", *said, _corrected_at(check_in)


def _corrected_at(check_in: CheckIn | None) -> datetime | None:
    correction = getattr(check_in, "corrected_by", None)
    return correction.at if correction else None
