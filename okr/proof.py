"""Derives every stored number anew from the measurements, and tells where it differs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from okr.models import KeyResult, Kind, Measurement, Milestone, Objective
from okr.models.kind import THRESHOLDS
from okr.models.measurement import ASSIGNED
from okr.progress import NONE, Part, holds, rollup, settle, toward, value_at

BATCH = 500
COLUMNS = (
    "pk",
    "title",
    "objective_id",
    "weight",
    "start",
    "target",
    "kind",
    "tracked_by",
    "assigned_objective__pk",
    "current",
    "progress",
)
Parts = dict[int, list[Part]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a key result or an objective that holds something else than it should."""

    model: type[KeyResult] | type[Objective]
    pk: int
    title: str
    column: str
    stored: Decimal | None
    derived: Decimal | None

    def __str__(self) -> str:
        noun = str(self.model._meta.verbose_name).capitalize()
        return (
            f"{noun} {self.pk}, “{self.title}”: {self.column} is stored as {self.stored} "
            f"and derived as {self.derived}."
        )


@dataclass(frozen=True, slots=True)
class Result:
    checked: int
    differences: list[Difference]


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which the whole database stands still, so that nobody's writing differs."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def derive_everything() -> Result:
    """Call it in `one_moment`."""
    parts: Parts = defaultdict(list)
    differences: list[Difference] = []
    checked = 0
    assigned: dict[int, Any] = {}
    for row in _key_results().iterator():
        checked += 1
        if row.assigned_objective__pk:
            assigned[row.assigned_objective__pk] = row
        else:
            differences += _settle(row, derive(row), parts)
    for row, rolled_up, moves in _from_below(parts):
        checked += 1
        differences += _compare(Objective, row, {"progress": rolled_up})
        if key_result := assigned.get(row.pk):
            found = _taken_over(key_result, rolled_up) if moves else derive(key_result)
            differences += _settle(key_result, found, parts)
    return Result(checked, differences)


def store(differences: Iterable[Difference]) -> None:
    by_column = defaultdict(list)
    for each in differences:
        by_column[each.model, each.column].append(each)
    for (model, column), found in by_column.items():
        rows: list[Any] = [model(pk=each.pk, **{column: each.derived}) for each in found]
        model._default_manager.bulk_update(rows, [column], batch_size=BATCH)


def derive(row: Any) -> tuple[Decimal, Decimal | None]:
    """The current value and the progress of a key result, from its last measurement.

    What an integration read is the progress itself, what a person entered is the value. Between
    the two, when a source was changed and nothing was read since, the number stands where it was.
    """
    if row.kind == Kind.MILESTONES:
        share = settle(Fraction(row.done) / Fraction(row.planned) * 100) if row.planned else None
        return share or NONE, share
    if row.last_value is None:
        return row.start, None if row.kind in THRESHOLDS else NONE
    if row.kind in THRESHOLDS:
        above = row.kind == Kind.STAY_ABOVE
        return row.last_value, holds(row.last_value, row.target, above=above)
    fed_by = row.tracked_by or (ASSIGNED if row.assigned_objective__pk else "")
    if fed_by and fed_by == row.last_source:
        return value_at(row.start, row.last_progress, row.target), row.last_progress
    if fed_by and row.current == value_at(row.start, row.progress, row.target):
        return row.current, row.progress
    current = row.current if fed_by or row.last_source else row.last_value
    return current, toward(row.start, current, row.target)


def _key_results() -> Any:
    last = Measurement.objects.filter(key_result=OuterRef("pk")).order_by("-id")
    read = {
        f"last_{column}": Subquery(last.values(column)[:1])
        for column in ("value", "progress", "source")
    }
    weighed = {
        "planned": _weight_of(Milestone.objects.all()),
        "done": _weight_of(Milestone.objects.done()),
    }
    rows = KeyResult.objects.annotate(**read, **weighed).order_by("pk")
    return rows.values_list(*COLUMNS, *read, *weighed, named=True)


def _weight_of(milestones: QuerySet[Milestone]) -> Coalesce:
    mine = milestones.filter(key_result=OuterRef("pk")).order_by().values("key_result")
    return Coalesce(Subquery(mine.annotate(whole=Sum("weight")).values("whole")), Decimal(0))


def _settle(row: Any, found: tuple[Decimal, Decimal | None], parts: Parts) -> list[Difference]:
    """Lets a key result count as it should, and tells where it stands otherwise."""
    current, progress = found
    parts[row.objective_id].append(Part(progress, row.weight))
    return _compare(KeyResult, row, {"current": current, "progress": progress})


def _taken_over(row: Any, share: Decimal | None) -> tuple[Decimal, Decimal | None]:
    """What a key result takes over from an objective, as soon as that has a number."""
    return derive(row) if share is None else (value_at(row.start, share, row.target), share)


def _from_below(parts: Parts) -> Iterator[tuple[Any, Decimal | None, bool]]:
    """Each objective with what its parts roll up to and whether that counts above, leaves first."""
    columns = ("pk", "title", "parent_id", "assigned_from_id", "weight", "progress")
    rows = {row.pk: row for row in Objective.objects.values_list(*columns, named=True)}
    moving = set(Objective.objects.moving_their_parent().values_list("pk", flat=True))
    missing = Counter(row.parent_id for row in rows.values())
    ready = [row for row in rows.values() if not missing[row.pk]]
    while ready:
        row = ready.pop()
        progress = rollup(parts[row.pk])
        yield row, progress, row.pk in moving
        if row.parent_id:
            if row.pk in moving and not row.assigned_from_id:
                parts[row.parent_id].append(Part(progress, row.weight))
            missing[row.parent_id] -= 1
            if not missing[row.parent_id]:
                ready.append(rows[row.parent_id])


def _compare(
    model: type[KeyResult] | type[Objective], row: Any, derived: dict[str, Decimal | None]
) -> list[Difference]:
    return [
        Difference(model, row.pk, row.title, column, getattr(row, column), value)
        for column, value in derived.items()
        if getattr(row, column) != value
    ]
