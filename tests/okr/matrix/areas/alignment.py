"""Milestones, key results that are assigned on, and weights."""

from datetime import date

from okr.models import KeyResult, Milestone, Objective, assign
from tests.okr.matrix.declaring import EDITORS, route

ROUTES = {
    "okr:milestone": route("POST", EDITORS, pk="key_result", milestone="milestone"),
    "okr:assign": route("GET POST", EDITORS, pk="key_result"),
    "okr:take_back": route("GET POST", EDITORS, pk="assigned"),
    "okr:weights": route("GET POST", EDITORS, pk="objective"),
}


def a_milestone(key_result: KeyResult) -> int:
    due_on = date(2026, 5, 1)
    milestone = Milestone.objects.create(key_result=key_result, title="Signed", due_on=due_on)
    return int(milestone.pk)


def an_assigned_one(key_result: KeyResult) -> int:
    above = key_result.objective
    another = KeyResult(objective=above, owner=key_result.owner, title=key_result.title)
    another.keep()
    objective = Objective(owner=above.owner, title=above.title, visibility=above.visibility)
    assign(another, objective)
    return int(another.pk)


NOUNS = {"milestone": a_milestone, "assigned": an_assigned_one}
