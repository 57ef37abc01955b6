"""What stands in the database, in the words of a file: as much of it as a person may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch

from okr.access import with_rights
from okr.as_code.document import Document, Row, within
from okr.as_code.fields import KINDS, Step, in_order_of_tags, smooth
from okr.as_code.keys import name_contents, name_cycles
from okr.as_code.parts import Part
from okr.forms.numbers import NumberField
from okr.models import Cycle, KeyResult, Milestone, Objective, Person, Visibility

NUMBER = NumberField()
WITH = ("owner", "unit", "cycle", "closure", "assigned_from__objective")


def standing(
    person: Person, cycles: Iterable[Cycle], parts: Sequence[Part], among: Any = None
) -> Document:
    """These cycles, with what the person sees in them, or what of it is `among` these.

    A dozen statements, however much it is.
    """
    cycles = list(cycles)
    name_contents([cycle.pk for cycle in cycles])
    rows = Objective.objects.visible_to(person).filter(cycle__in=cycles)
    supports: dict[int, list[str]] = defaultdict(list)
    seen: Any = dict(rows.exclude(key=None).values_list("pk", "key"))
    through = Objective.supports.through.objects.filter(from_objective__cycle__in=cycles)
    for below, above in through.values_list("from_objective_id", "to_objective_id"):
        if below in seen and above in seen:
            supports[below].append(seen[above])
    tagged = (
        (rows if among is None else rows.filter(pk__in=among))
        .exclude(key=None)
        .select_related(*WITH)
        .prefetch_related("tags", "viewers", _KEY_RESULTS)
    )
    found = Document({str(each.key): of_cycle(each) for each in cycles})
    for each in with_rights(tagged, person).order_by("cycle__starts_on", "cycle", "key"):
        found.objectives[str(each.key)] = _objective(each, seen, supports[each.pk])
    _add_parts(found, parts, person)
    return found


_KEY_RESULTS = Prefetch(
    "key_results",
    KeyResult.objects.exclude(key=None)
    .select_related("owner", "assigned_objective")
    .prefetch_related("milestones")
    .order_by("key"),
)


def named_cycles() -> Any:
    """All cycles, each with its key; the first to come first."""
    name_cycles()
    return Cycle.objects.exclude(key=None).order_by("starts_on", "key")


def of_cycle(cycle: Cycle) -> Row:
    values = {
        "name": cycle.name,
        "kind": cycle.kind,
        "starts_on": str(cycle.starts_on),
        "ends_on": str(cycle.ends_on),
    }
    return Row("cycle", str(cycle.key), values=values, found=cycle)


def _objective(objective: Any, seen: Mapping[int, str], supports: Iterable[str]) -> Row:
    values = {
        "title": objective.title,
        "description": smooth(objective.description),
        "cycle": objective.cycle.key,
        "level": objective.level,
        "unit": objective.unit.slug if objective.unit else "",
        "owner": objective.owner.email.lower(),
        "parent": seen.get(objective.parent_id, ""),
        "moves": _moved(objective, seen),
        "supports": tuple(sorted(supports)),
        "weight": _number(objective.weight),
        "visibility": objective.visibility,
        "viewers": _viewers(objective),
        "tags": in_order_of_tags([tag.name for tag in objective.tags.all()]),
    }
    within(values)
    row = Row("objective", str(objective.key), values=values, found=objective)
    for each in objective.key_results.all():
        row.key_results[str(each.key)] = _key_result(each, row)
    return row


def _moved(objective: Objective, seen: Mapping[int, str]) -> str:
    moved = objective.assigned_from
    return f"{seen[moved.objective_id]}/{moved.key}" if moved and moved.objective_id in seen else ""


def _viewers(objective: Any) -> tuple[str, ...]:
    """Told to whoever may choose them."""
    if objective.visibility == Visibility.PUBLIC or not objective.may_be_edited:
        return ()
    return tuple(sorted(person.email.lower() for person in objective.viewers.all()))


def _key_result(key_result: KeyResult, above: Row) -> Row:
    values: dict[str, Any] = {
        "title": key_result.title,
        "kind": key_result.kind,
        "measured_in": key_result.measured_in,
        "start": _number(key_result.start),
        "target": _number(key_result.target),
        "threshold": _number(key_result.target),
        "owner": key_result.owner.email.lower(),
        "weight": _number(key_result.weight),
        "milestones": tuple(sorted(_step(each) for each in key_result.milestones.all())),
    }
    for name, kinds in KINDS.items():
        if key_result.kind not in kinds:
            del values[name]
    return Row("key result", str(key_result.key), values=values, above=above, found=key_result)


def _step(milestone: Milestone) -> Step:
    return Step(str(milestone.due_on), milestone.title, _number(milestone.weight))


def _number(value: Any) -> str:
    return str(NUMBER.prepare_value(value))


def _add_parts(document: Document, parts: Collection[Part], person: Person) -> None:
    rows = {
        each.found.pk: each
        for row in document.objectives.values()
        for each in row.key_results.values()
    }
    for part in parts:
        told = part.told([each.found for each in rows.values()], person)
        for pk, value in told.items():
            rows[pk].values[part.name] = value
