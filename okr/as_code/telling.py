"""A plan in words for a terminal, and in rows for a script."""

from collections.abc import Iterator
from typing import Any

from okr.as_code.comparing import ADD, CHANGE, REMOVE, Step, in_words
from okr.as_code.plan import Plan

SIGNS = {ADD: "+", CHANGE: "~", REMOVE: "-"}
NOTHING = "nothing"
MOST_LETTERS = 200


def told(plan: Plan) -> dict[str, Any]:
    return {
        "digest": plan.digest,
        "adds": count(plan, ADD),
        "changes": count(plan, CHANGE),
        "removals": count(plan, REMOVE),
        "left": plan.left,
        "steps": [_step(each, plan) for each in plan.steps],
    }


def count(plan: Plan, deed: str) -> int:
    return sum(each.deed == deed for each in plan.steps)


def summary(plan: Plan) -> str:
    adds, changes, removals = (count(plan, deed) for deed in SIGNS)
    left = ""
    if plan.left:
        stays = "stays" if plan.left == 1 else "stay"
        left = f" {plan.left:,} of which the file says nothing {stays} as they are."
    if not plan.steps:
        return f"Nothing to change.{left}"
    return f"{adds:,} to add, {changes:,} to change, {removals:,} to remove.{left}"


def lines(plan: Plan) -> Iterator[str]:
    for each in plan.steps:
        step = _step(each, plan)
        yield f"{SIGNS[each.deed]} {step['noun']} {step['way']} “{step['title']}”"
        for change in step["changes"] if each.deed == CHANGE else ():
            yield f"    {change['field']}: {_short(change['before'])} → {_short(change['after'])}"
        yield from (f"    {sentence}" for sentence in step["loses"])
    yield summary(plan)


def _step(step: Step, plan: Plan) -> dict[str, Any]:
    row = step.row
    changes = step.differences if step.deed == CHANGE else ()
    return {
        "deed": step.deed,
        "noun": row.noun,
        "way": row.way,
        "title": row.title,
        "line": row.place.line or None,
        "changes": [
            {"field": each.field, "before": in_words(each.before), "after": in_words(each.after)}
            for each in changes
        ],
        "loses": plan.loses.get(row.way, []),
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 1]}…") or NOTHING
