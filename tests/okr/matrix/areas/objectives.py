"""Objectives, key results, and where they are shown."""

from tests.okr.matrix.declaring import (
    EDITORS,
    EVERYBODY,
    IN,
    READERS,
    REFUSED,
    route,
)


def speakers(role: str, confidential: bool) -> str:
    """Whoever said it; others who see it are refused."""
    seen = READERS(role, confidential)
    return seen if role == "owner" or seen != IN else REFUSED


ROUTES = {
    "okr:home": route("GET", EVERYBODY),
    "okr:my": route("GET", EVERYBODY),
    "okr:company": route("GET", EVERYBODY),
    "okr:company_children": route("GET", READERS, pk="objective"),
    "okr:objective_new": route("GET POST", EVERYBODY),
    "okr:objective_options": route("GET", EVERYBODY),
    "okr:objective": route("GET", READERS, pk="objective"),
    "okr:objective_edit": route("GET POST", EDITORS, pk="objective"),
    "okr:objective_delete": route("GET POST", EDITORS, pk="objective"),
    "okr:objective_approval": route("GET POST", READERS, post=EDITORS, pk="objective"),
    "okr:approvals": route("GET", EVERYBODY),
    "okr:key_result_new": route("GET POST", EDITORS, pk="objective"),
    "okr:key_result": route("GET", READERS, pk="key_result"),
    "okr:key_result_edit": route("GET POST", EDITORS, pk="key_result"),
    "okr:key_result_delete": route("GET POST", EDITORS, pk="key_result"),
    "okr:check_in_queue": route("GET POST", EVERYBODY),
    "okr:check_in_correct": route("GET POST", speakers, pk="check_in"),
    "okr:check_in_suggestion": route("GET", EDITORS, pk="key_result"),
    "okr:check_in": route("GET POST", EDITORS, pk="key_result"),
}
NOUNS = {
    "objective": lambda key_result: key_result.objective_id,
    "key_result": lambda key_result: key_result.pk,
    "check_in": lambda key_result: key_result.check_ins.first().pk,
    "cycle": lambda key_result: key_result.objective.cycle_id,
    "person": lambda key_result: key_result.owner_id,
    "unit": lambda key_result: key_result.owner.unit_id,
    "unit_slug": lambda key_result: key_result.owner.unit.slug,
}
