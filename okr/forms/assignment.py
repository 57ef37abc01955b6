"""A key result handed on: whose objective it becomes, and under which title."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction

from okr.forms.choosing import name_who_left, offer_owners, owner_field, too_long
from okr.models import KeyResult, Objective, Person, assign
from okr.models.approval import begin


class AssignForm(forms.ModelForm):  # type: ignore[type-arg]
    owner = owner_field("Assign to", "Choose somebody.")

    class Meta:
        model = Objective
        fields = ["owner", "title"]
        labels = {"title": "Title of the objective"}
        error_messages = {
            "title": {"required": "Enter a title.", "max_length": too_long(200)},
        }

    def __init__(self, data: Any, *, key_result: KeyResult, person: Person) -> None:
        above = key_result.objective
        objective = Objective(
            cycle=above.cycle, parent=above, assigned_from=key_result, visibility=above.visibility
        )
        initial = {"title": key_result.title, "owner": key_result.owner}
        super().__init__(data, instance=objective, initial=initial)
        self.key_result, self.person = key_result, person
        offer_owners(self, person, None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name_who_left(self, self.person)
        return cleaned

    def keep(self, by: Person, at: datetime) -> Objective:
        """As visible as the key result is: to the same people."""
        objective: Objective = self.instance
        begin(objective, by)
        with transaction.atomic():
            assign(self.key_result, objective, by=by, at=at)
            objective.show_to(self.key_result.objective.viewers.all())
        return objective
