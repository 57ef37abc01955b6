"""Cycles, and what ends an objective."""

from datetime import date
from typing import Any

from django.utils import timezone

from okr.models import Cycle, KeyResult, Objective
from tests.cast import make_cycle, make_objective
from tests.okr.matrix.declaring import ADMINS, EDITORS, LEADERS, READERS, UNSEEN, Audience, route

REVIEWERS: Audience = lambda role, secret: (  # noqa: E731  one of the words
    UNSEEN if READERS(role, secret) == UNSEEN else LEADERS(role, secret)
)
ROUTES = {
    "okr:cycles": route("GET", ADMINS),
    "okr:cycle_new": route("GET POST", ADMINS),
    "okr:cycles_generate": route("GET POST", ADMINS),
    "okr:cycle_edit": route("GET POST", ADMINS, pk="cycle"),
    "okr:cycle_delete": route("GET POST", ADMINS, pk="empty_cycle"),
    "okr:cycle_close": route("GET POST", ADMINS, pk="cycle"),
    "okr:cycle_close_confirm": route("GET POST", ADMINS, pk="cycle"),
    "okr:cycle_remind": route("POST", ADMINS, pk="cycle"),
    "okr:cycle_carry": route("GET POST", ADMINS, pk="cycle"),
    "okr:cycle_reopen": route("GET POST", ADMINS, pk="closed_cycle"),
    "okr:closure": route("GET POST", EDITORS, pk="objective"),
    "okr:reopen": route("GET POST", REVIEWERS, pk="closed_objective"),
    "okr:review": route("GET POST", REVIEWERS, pk="objective"),
}


def closed_cycle(_key_result: KeyResult) -> int:
    dates = {"starts_on": date(2020, 1, 1), "ends_on": date(2020, 3, 31)}
    closed_at = timezone.now()
    found = Cycle.objects.filter(name="Closed").first()
    return (found or make_cycle("Closed", closed_at=closed_at, **dates)).pk


def empty_cycle(_key_result: KeyResult) -> int:
    dates = {"starts_on": date(2031, 1, 1), "ends_on": date(2031, 3, 31)}
    found = Cycle.objects.filter(name="Empty").first() or make_cycle("Empty", **dates)
    return found.pk


def closed_objective(key_result: KeyResult) -> int:
    """Like the one of the key result, and as visible, but closed."""
    like = key_result.objective
    title = f"{like.title}, closed"
    found = Objective.objects.filter(title=title).first()
    if found is None:
        viewers, shown = list(like.viewers.all()), like.visibility
        found = make_objective(
            like.owner, like.cycle, title=title, visibility=shown, viewers=viewers
        )
        words = f"{like.title.split()[0]} words"
        judged: dict[str, Any] = {"score": 1, "retrospective": words, "outcome": "continue"}
        found.close(by=like.owner, at=timezone.now(), **judged)
    return found.pk


NOUNS = {
    "closed_cycle": closed_cycle,
    "closed_objective": closed_objective,
    "empty_cycle": empty_cycle,
}
