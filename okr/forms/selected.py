"""What is done to several people at once: all of them, or none."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from okr.audit import noted
from okr.forms.person_picker import PersonField
from okr.forms.unit_picker import UnitField
from okr.models import Notification, Occasion, Person, RefusedError
from okr.pages.person import handed_over


class SelectedForm(forms.Form):
    """`keep` changes everybody or, with the reason in the form, nobody."""

    def __init__(self, *args: Any, people: list[Person], by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.by = people, by

    def keep(self, at: datetime) -> bool:
        try:
            with transaction.atomic():
                for person in self.people:
                    self.change(person, at)
        except RefusedError as refused:
            self.add_error(None, f"Nothing is changed. {refused}")
            return False
        return True

    def change(self, person: Person, at: datetime) -> None:
        raise NotImplementedError


class MoveForm(SelectedForm):
    manager = PersonField(label="New manager", required=False)
    unit = UnitField(label="New Organizational Unit", required=False, help_text="Empty: as it is.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("manager") or cleaned.get("unit")):
            raise ValidationError("Choose a manager, a unit or both.")
        return cleaned

    def change(self, person: Person, at: datetime) -> None:  # noqa: ARG002
        with noted("people.changed", person):
            if unit := self.cleaned_data["unit"]:
                person.unit = unit
                person.keep()
            if manager := self.cleaned_data["manager"]:
                person.report_to(manager)


class LeaveForm(SelectedForm):
    heir = PersonField(
        label="New owner",
        required=False,
        help_text="Takes over what they own in open cycles, and units they lead.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heir = self.fields["heir"]
        leaving = [person.pk for person in self.people]
        heir.queryset = Person.objects.active().exclude(pk__in=leaving)  # type: ignore[attr-defined]

    def change(self, person: Person, at: datetime) -> None:
        heir, words = self.cleaned_data["heir"], handed_over(person)
        with noted("people.deactivated", person) as note:
            person.leave(by=self.by, at=at, heir=heir)
            note.tell("New owner", None, heir)
        if heir and words:
            Notification.objects.tell([heir], Occasion.HANDED_OVER, by=self.by, at=at, words=words)
