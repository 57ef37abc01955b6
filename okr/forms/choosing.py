"""Who and what a person may choose in a form."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from okr.forms.person_picker import NOBODY, PersonField, PersonPicker
from okr.models import Person

HAS_LEFT = "{} is no longer active. Choose another owner."
NOT_YOUR_LINE = "Choose yourself or somebody who reports to you."


class SearchSelect(forms.Select):
    """A list of choices that can be searched by typing; a plain list without JavaScript."""

    template_name = "okr/forms/search_select.html"


def possible_owners(chooser: Person, current: Person | None) -> QuerySet[Person]:
    """Active people in the chooser's line, for an admin everybody; and who owns it now."""
    people: QuerySet[Person] = Person.objects.active()
    if not chooser.is_okr_admin:
        people = people.filter(chooser.in_line())
    if current is not None:
        people = Person.objects.filter(Q(pk__in=people.values("pk")) | Q(pk=current.pk))
    return people.order_by("name", "id")


def owner_field(label: str = "Owner", required: str = "Choose an owner.") -> PersonField:
    """Among those whom somebody may choose: see `offer_owners`."""
    return PersonField(
        label=label,
        widget=PersonPicker("line"),
        error_messages={"required": required, "nobody": NOT_YOUR_LINE},
    )


def offer_owners(form: forms.BaseForm, chooser: Person, current: Person | None) -> None:
    offer(form, "owner", possible_owners(chooser, current))
    if chooser.is_okr_admin:
        form.fields["owner"].error_messages["nobody"] = NOBODY


def active_owner(owner: Person) -> Person:
    if not owner.is_active:
        raise ValidationError(HAS_LEFT.format(owner))
    return owner


def name_who_left(form: "forms.BaseModelForm[Any]", chooser: Person) -> None:
    """Says of an owner who has left that they have, where they could have been chosen before."""
    if "owner" not in form.errors:
        return
    people = Person.objects.filter(is_active=False)
    left = PersonField(people if chooser.is_okr_admin else people.filter(chooser.in_line()))
    with suppress(ValidationError):
        if person := left.to_python(form.data.get(form.add_prefix("owner"))):
            form.errors["owner"] = form.error_class([HAS_LEFT.format(person)])


def too_long(limit: int) -> str:
    return f"Use at most {limit:,} characters; this has %(show_value)s."


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """What a field lets one choose from; a list of it has no line for choosing nothing."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  narrows the type
    field.queryset = rows
    field.empty_label = None


def offer_choices(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  narrows the type
    field.choices = choices
