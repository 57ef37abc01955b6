"""Why a measurement moved, in words and as a mark on the history: 3 finished, 1 reopened."""

from collections.abc import Iterable, Mapping
from typing import Any

from jira_integration.calculation import Method
from jira_integration.explanation import issues_counted
from jira_integration.keeping import method_of
from jira_integration.models import SOURCE
from okr.models import Measurement
from okr.slots import Reason

CHANGES = {
    "reopened": ("return", "reopened"),
    "removed": ("minus", "removed"),
    "added": ("plus", "added"),
    "finished": ("dot", "finished"),
    "moved": ("dot", "moved on"),
    "reweighted": ("diamond", "re-weighted"),
}
RESCALED = Reason("diamond", "Percentages changed")
OTHER_RESOLUTIONS = Reason("diamond", "Resolutions that are left out changed")
MEASURED_ANEW = Reason("diamond", "Measure changed")
REQUERIED = Reason("diamond", "JQL changed")


def reasons_of(measurements: Iterable[Measurement]) -> dict[int, Reason]:
    """By measurement, for those that Jira moved; `measurements` are one history, oldest first."""
    found: dict[int, Reason] = {}
    before: Mapping[str, Any] | None = None
    for each in measurements:
        if each.source != SOURCE:
            continue
        if reason := _reason(each.why, _settings(before or each.why, each.why)):
            found[each.pk] = reason
        before = each.why
    return found


def _settings(before: Mapping[str, Any], why: Mapping[str, Any]) -> Reason | None:
    """What was decided anew; new percentages say nothing where the measure does not ask them."""
    was, now = method_of(before), method_of(why)
    if _choice(was) != _choice(now):
        return MEASURED_ANEW
    if why.get("requeried"):
        return REQUERIED
    if was.left_out != now.left_out:
        return OTHER_RESOLUTIONS
    return RESCALED if before.get("scale") != why.get("scale") else None


def _choice(method: Method) -> tuple[object, ...]:
    mapped = (method.start, method.target)
    return (method.measure, method.sized_by, method.without, mapped)


def _reason(why: Mapping[str, Any], decided: Reason | None) -> Reason | None:
    """The mark is that of what readers ask about first: what lowers a number, then what is new."""
    told = [
        (shape, f"{issues_counted(why[name]['number'])} {words}")
        for name, (shape, words) in CHANGES.items()
        if name in why
    ]
    if decided:
        told.insert(0, (decided.shape, decided.words))
    return Reason(told[0][0], ", ".join(words for _, words in told)) if told else None
