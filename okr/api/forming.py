"""Hands what a body says over to the form of the page, which validates and calls the verb."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict

from okr.forms.tags import TagsField


def as_typed(values: Mapping[str, Any]) -> QueryDict:
    """As a browser would send them; what is None or false is an empty box."""
    sent = QueryDict(mutable=True)
    for name, value in values.items():
        several = isinstance(value, list | tuple | set | QuerySet)
        sent.setlist(name, [_text(each) for each in value] if several else [_text(value)])
    return sent


def of_milestones(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """As the boxes of a key result's form hold them; those that are there already have an `id`."""
    sent: dict[str, Any] = {
        "milestones-TOTAL_FORMS": len(rows),
        "milestones-INITIAL_FORMS": sum("id" in row for row in rows),
    }
    for place, row in enumerate(sorted(rows, key=lambda row: "id" not in row)):
        whole = {"id": "", **row}
        sent |= {f"milestones-{place}-{name}": value for name, value in whole.items()}
    return sent


def as_it_stands(form: forms.BaseForm) -> dict[str, Any]:
    """What the form of a stored row holds, for the fields that a body leaves out."""
    return {name: _held(form, name, field) for name, field in form.fields.items()}


def _held(form: forms.BaseForm, name: str, field: forms.Field) -> Any:
    value = form.get_initial_for_field(field, name)
    return ", ".join(value or ()) if isinstance(field, TagsField) else value


def _text(value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "on"
        case Model():
            return str(value.pk)
        case Decimal():
            return f"{value:f}"
    return str(value)
