"""A plan as a page shows it, in values that can be kept: each step with what comes and goes."""

from collections.abc import Iterator, Mapping
from typing import Any

from okr.as_code.comparing import REMOVE, Difference, Step
from okr.as_code.fields import CYCLE, KEY_RESULT, OBJECTIVE
from okr.as_code.parts import Part, parts
from okr.as_code.plan import Plan

FIELDS = {"cycle": CYCLE, "objective": OBJECTIVE, "key result": KEY_RESULT}
TITLES = ("title", "name")


def shown(plan: Plan) -> list[dict[str, Any]]:
    added = {part.name: part for part in parts()}
    return [_shown(each, plan, added) for each in plan.steps]


def _shown(step: Step, plan: Plan, added: Mapping[str, Part]) -> dict[str, Any]:
    row, within = step.row, step.row.objective
    return {
        "deed": step.deed,
        "noun": row.noun,
        "key": row.key,
        "title": row.title,
        "line": row.place.line,
        "of": {"way": within.way, "title": within.title, "cycle": within.values.get("cycle", "")},
        "changes": [_change(each, added) for each in _told(step)],
        "loses": list(plan.loses.get(row.way, [])),
    }


def _told(step: Step) -> Iterator[Difference]:
    """Of what is new only what is not usual, beside its title."""
    if step.deed == REMOVE:
        return
    row = step.row
    usual = {name: each.usual for name, each in FIELDS[row.noun].items()}
    if row.above:
        usual["owner"] = row.above.values["owner"]
    for each in step.differences:
        if step.here or (each.field not in TITLES and each.after != usual.get(each.field)):
            yield each


def _change(difference: Difference, added: Mapping[str, Part]) -> dict[str, Any]:
    part = added.get(difference.field)
    before, after = (_listed(each, part) for each in (difference.before, difference.after))
    return {
        "field": difference.field,
        "gone": [each for each in before if each not in after],
        "come": [each for each in after if each not in before],
        "several": part is not None or isinstance(difference.after, tuple),
    }


def _listed(value: Any, part: Part | None) -> list[str]:
    if value is None or value == "":
        return []
    if part:
        return list(part.listed(value))
    return [str(each) for each in value] if isinstance(value, tuple) else [str(value)]
