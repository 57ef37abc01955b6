"""A person out of any number: by name, by e-mail address, or as the list has them."""

import re
from typing import Any

from django.db.models import QuerySet

from okr.forms.pickers import PickedField, Picker
from okr.models import Person

IN_BRACKETS = re.compile(r"\(([^()\s]+@[^()\s]+)\)\s*$")
SEVERAL = "Several people are called “{}”. Choose one from the list, or enter the e-mail address."
NOBODY = "Nobody here is called “{}”. Choose somebody from the list, or enter an e-mail address."


def label_of(person: Person) -> str:
    """As it stands in the box: the name for people, the address for us."""
    return f"{person.name} ({person.email})"


class PersonPicker(Picker):
    """`among` names who is offered: see `okr/views/people_options.py`."""

    route, listed = "okr:people_options", "People"
    placeholder = "Search by name, designation or unit"

    def __init__(self, among: str = "everybody", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, among=among)


class PersonField(PickedField):
    """Knows a person by what a list put into the box, an e-mail address, a full name or an id."""

    widget = PersonPicker
    nobody, several = NOBODY, SEVERAL

    def __init__(self, queryset: QuerySet[Person] | None = None, **kwargs: Any) -> None:
        people = Person.objects.active() if queryset is None else queryset
        super().__init__(people, **kwargs)

    def label_of(self, row: Any) -> str:
        return label_of(row)

    def split(self, text: str) -> list[str]:
        return text.split(";")

    def named(self, text: str) -> QuerySet[Person]:
        bracketed = IN_BRACKETS.search(text)
        if bracketed or "@" in text:
            return self.rows.filter(email__iexact=bracketed.group(1) if bracketed else text)
        return self.rows.filter(name__iexact=text)

    def alike(self, text: str) -> QuerySet[Person]:
        return super().alike(text.split()[0]) if text.split() else self.rows.none()
