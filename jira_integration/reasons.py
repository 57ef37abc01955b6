"""Why a measurement moved, in words and as a mark on the history: 3 finished, 1 reopened."""

from collections.abc import Iterable, Mapping
from typing import Any

from jira_integration.explanation import issues_counted
from jira_integration.models import SOURCE
from okr.models import Measurement
from okr.slots import Reason

CHANGES = {
    "reopened": ("return", "reopened"),
    "removed": ("minus", "removed"),
    "added": ("plus", "added"),
    "finished": ("dot", "finished"),
    "moved": ("dot", "moved on"),
}
RESCALED = Reason("diamond", "Percentages changed")


def reasons_of(measurements: Iterable[Measurement]) -> dict[int, Reason]:
    """By measurement, for those that Jira moved; `measurements` are one history, oldest first."""
    found: dict[int, Reason] = {}
    version = None
    for each in measurements:
        if each.source != SOURCE:
            continue
        rescaled = version not in (None, each.why.get("version"))
        version = each.why.get("version")
        if reason := _reason(each.why, rescaled):
            found[each.pk] = reason
    return found


def _reason(why: Mapping[str, Any], rescaled: bool) -> Reason | None:
    """The mark is that of what readers ask about first: what lowers a number, then what is new."""
    told = [
        (shape, f"{issues_counted(why[name]['number'])} {words}")
        for name, (shape, words) in CHANGES.items()
        if name in why
    ]
    if rescaled:
        told.insert(0, (RESCALED.shape, RESCALED.words))
    return Reason(told[0][0], ", ".join(words for _, words in told)) if told else None
