"""The weights of everything that an objective consists of, in one form."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from okr.forms.numbers import NumberField
from okr.models import KeyResult, Objective, Person
from okr.models.closure import ClosedError
from okr.models.weights import Weighed, WeighedMeanwhileError, weigh
from okr.pages.words import number

Part = KeyResult | Objective
MEANWHILE = "Somebody else set this to {} while you were editing. Save again to set it to yours."
GONE = "This no longer counts here: somebody else moved or deleted it while you were editing."


class WeightField(NumberField):
    def __init__(self, part: Part) -> None:
        self.part = part
        super().__init__(
            digits=4,
            places=2,
            initial=part.weight,
            label=part.title,
            error_messages={"required": "Enter a weight. 1 is usual, 0 is shown but not counted."},
        )

    def clean(self, value: Any) -> Any:
        weight = super().clean(value)
        if weight < 0:
            raise ValidationError("Enter 0 or more.")
        return weight


class WeightsForm(forms.Form):
    """Each weight goes with the one that was read, so that nobody overwrites another unseen."""

    def __init__(self, data: Any, *, objective: Objective, person: Person) -> None:
        super().__init__(data)
        self.objective = objective
        below = Objective.objects.visible_to(person).open().filter(parent=objective)
        counted: list[Part] = [
            *KeyResult.objects.filter(objective=objective),
            *below.filter(assigned_from=None).order_by("id"),
        ]
        for part in counted:
            self.fields[name_of(part)] = WeightField(part)
            self.fields[f"was-{name_of(part)}"] = forms.DecimalField(
                required=False, initial=part.weight, widget=forms.HiddenInput
            )

    def keep(self, by: Person, at: datetime) -> bool:
        """Whether it was saved; not where somebody weighed a part meanwhile, which is told."""
        try:
            weigh(self.objective, self._weighed(), by=by, at=at)
        except WeighedMeanwhileError as meanwhile:
            self._tell(meanwhile)
            return False
        except ClosedError as closed:
            self.add_error(None, str(closed))
            return False
        return True

    def _weighed(self) -> list[Weighed]:
        found = []
        for name, field in self.fields.items():
            if isinstance(field, WeightField):
                was = self.cleaned_data[f"was-{name}"]
                before = field.part.weight if was is None else was
                found.append(Weighed(field.part, Decimal(before), self.cleaned_data[name]))
        return found

    def _tell(self, meanwhile: WeighedMeanwhileError) -> None:
        name = name_of(meanwhile.part)
        if meanwhile.stored is None:
            self.add_error(name, GONE)
            return
        self.data = {**self.data.dict(), f"was-{name}": str(meanwhile.stored)}  # type: ignore[attr-defined]
        self.add_error(name, MEANWHILE.format(number(meanwhile.stored)))


def name_of(part: Part) -> str:
    noun = "key_result" if isinstance(part, KeyResult) else "objective"
    return f"{noun}-{part.pk}"
