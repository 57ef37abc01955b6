"""A field for one person out of any number: searched on the server, typed without scripts."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from okr.models import Person

IN_BRACKETS = re.compile(r"\(([^()\s]+@[^()\s]+)\)\s*$")
NUMBER_LENGTH = 18
SEVERAL = "Several people are called “{}”. Choose one from the list, or enter the e-mail address."
NOBODY = "Nobody here is called “{}”. Choose somebody from the list, or enter an e-mail address."


def label_of(person: Person) -> str:
    """As it stands in the box: the name for people, the address for us."""
    return f"{person.name} ({person.email})"


class PersonPicker(forms.TextInput):
    """`among` names who is offered: see `okr/views/people_options.py`."""

    template_name = "okr/forms/person_picker.html"

    def __init__(self, among: str = "everybody", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"maxlength": 400} | (attrs or {}))
        self.among = among

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"among": self.among}


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Knows a person by what a list put into the box, an e-mail address, a full name or an id."""

    widget = PersonPicker

    def __init__(self, queryset: QuerySet[Person] | None = None, **kwargs: Any) -> None:
        people = Person.objects.active() if queryset is None else queryset
        super().__init__(people, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Person):
            return label_of(value)
        person = self._numbered(value)
        return label_of(person) if person else value

    def to_python(self, value: Any) -> Person | None:
        text = str(value.pk if isinstance(value, Person) else value or "")
        text = text.replace("\x00", "").strip()
        return self._found(text) if text else None

    def _found(self, text: str) -> Person:
        bracketed = IN_BRACKETS.search(text)
        if text.isdecimal():
            found = [person for person in [self._numbered(text)] if person]
        elif bracketed or "@" in text:
            email = bracketed.group(1) if bracketed else text
            found = list(self._people.filter(email__iexact=email))
        else:
            found = list(self._people.filter(name__iexact=text)[:2])
        if len(found) != 1:
            said = self.error_messages.get("nobody", NOBODY)
            raise ValidationError((SEVERAL if found else said).format(text[:100]), "invalid_choice")
        return found[0]

    def _numbered(self, value: Any) -> Person | None:
        text = str(value)
        known = text.isdecimal() and len(text) <= NUMBER_LENGTH
        return self._people.filter(pk=int(text)).first() if known else None

    @property
    def _people(self) -> QuerySet[Person]:
        assert self.queryset is not None  # noqa: S101  narrows the type
        return self.queryset
