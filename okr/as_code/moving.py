"""A key result that a file hands on: to a new objective, to one that is there, or back."""

from datetime import datetime

from django.core.exceptions import ValidationError

from okr.access import NOT_CREATING, NOT_YOURS, may_edit
from okr.as_code.document import Row
from okr.as_code.forming import RefusedError, filled, kept
from okr.forms.assignment import AssignForm
from okr.models import KeyResult, Objective, Person, assign, take_back
from okr.models.assignment import CANNOT_BE_ASSIGNED

TOLD = {"cycle", "moves", "parent"}
"""What follows from the key result that is handed on."""


def begun(row: Row, by: Person, at: datetime) -> Objective:
    """A new objective for it. Raises RefusedError."""
    key_result = _moved_by(row, by)
    if not by.may_create("individual", None):
        raise RefusedError(row.fault("", NOT_CREATING))
    form = AssignForm(None, key_result=key_result, person=by)
    typed = filled(form, row, {name: row.values[name] for name in ("title", "owner")})
    form = AssignForm(typed, key_result=key_result, person=by)
    form.instance.key = row.key
    if not form.is_valid():
        kept(form, row)
    return form.keep(by=by, at=at)


def handed_on(row: Row, objective: Objective, by: Person, at: datetime) -> None:
    """To an objective that moves nothing yet. Raises RefusedError."""
    try:
        assign(_moved_by(row, by), objective, by=by, at=at)
    except ValidationError as refused:
        faults = [
            row.fault(name if name in row.values else "moves", message)
            for name, messages in refused.message_dict.items()
            for message in messages
        ]
        raise RefusedError(*faults) from refused


def released(row: Row, key_result: KeyResult | None, by: Person, at: datetime) -> None:
    """Gives it back to people. Raises RefusedError."""
    if key_result and not may_edit(by, key_result):
        raise RefusedError(row.fault("moves", NOT_YOURS))
    if key_result:
        take_back(key_result, by=by, at=at)


def _moved_by(row: Row, by: Person) -> KeyResult:
    above, _, key = row.values["moves"].partition("/")
    found = KeyResult.objects.select_related("objective__cycle", "owner")
    key_result = found.get(objective__key=above, key=key)
    if not may_edit(by, key_result):
        raise RefusedError(row.fault("moves", NOT_YOURS))
    if not key_result.can_be_assigned:
        raise RefusedError(row.fault("moves", CANNOT_BE_ASSIGNED))
    return key_result
