"""A key result as its owner writes it."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from okr.forms.approvals import asking_again
from okr.forms.choosing import (
    active_owner,
    name_who_left,
    offer_choices,
    offer_owners,
    owner_field,
    too_long,
)
from okr.forms.milestones import MilestoneRows, Rows, in_words
from okr.forms.numbers import NumberField
from okr.forms.versions import Difference, VersionedForm
from okr.models import KeyResult, Kind, Person
from okr.models.kind import THRESHOLDS

KIND_IS_FED = "The kind stays as it is, because the number is not entered by hand."
KIND_STAYS = "The kind stays as it is, because values have been recorded."


class KeyResultForm(VersionedForm):
    owner = owner_field()
    start = NumberField(
        initial=0,
        label="From",
        error_messages={"required": "Enter the number that it starts from."},
    )
    target = NumberField(
        initial=100,
        label="To",
        help_text="Above From it must rise, below it must fall.",
        error_messages={"required": "Enter the number to reach."},
    )
    threshold = NumberField(
        required=False, label="Threshold", help_text="Exactly this value still holds."
    )
    weight = NumberField(
        digits=4,
        places=2,
        initial=1,
        help_text="1 is usual, 0 is ignored.",
        error_messages={"required": "Enter a weight. 1 is usual."},
    )

    class Meta:
        model = KeyResult
        fields = ["title", "kind", "measured_in", "start", "target", "owner", "weight"]
        labels = {"measured_in": "Counted in", "kind": "Measured as"}
        help_texts = {
            "title": "What will be measurably different, in one sentence.",
            "measured_in": "For example days, € or %.",
        }
        widgets = {
            "title": forms.TextInput(attrs={"autofocus": True}),
            "kind": forms.RadioSelect,
        }
        error_messages = {
            "title": {"required": "Enter a title.", "max_length": too_long(200)},
            "kind": {"required": "Choose how it is measured."},
            "measured_in": {"max_length": too_long(20)},
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        current = self.instance.owner if self.instance.pk else None
        offer_owners(self, person, current)
        self.initial["owner"] = current or self._likely_owner(person)
        offer_choices(self, "kind", Kind.choices)
        reason = KIND_STAYS if self.instance.measured_at else ""
        reason = reason or (KIND_IS_FED if self.instance.is_fed else "")
        if reason:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = reason
        if self.instance.is_threshold:
            self.initial["threshold"] = self.instance.target
        self.milestones = cast("Rows", MilestoneRows(self.data, self.instance))

    def _likely_owner(self, person: Person) -> Person:
        """Whoever owns the objective, unless they have left."""
        owner: Person = self.instance.objective.owner
        return owner if owner.is_active else person

    def clean_owner(self) -> Person:
        return active_owner(self.cleaned_data["owner"])

    def clean_weight(self) -> Decimal:
        weight: Decimal = self.cleaned_data["weight"]
        if weight < 0:
            raise ValidationError("Enter 0 or more.")
        return weight

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name_who_left(self, self.person)
        kind = cleaned.get("kind")
        if kind == Kind.YES_NO:
            self._take(start=Decimal(0), target=Decimal(1), measured_in="")
        elif kind == Kind.PERCENT:
            cleaned["measured_in"] = ""
        elif kind == Kind.MILESTONES:
            self._take(start=Decimal(0), target=Decimal(100), measured_in="")
            for fault in self.milestones.faults():
                self.add_error(None, fault)
        elif kind in THRESHOLDS:
            self._take_threshold()
        return cleaned

    def keep(self, at: datetime | None = None) -> KeyResult:
        key_result: KeyResult = self.instance
        planned = self.milestones.planned() if key_result.is_milestones else ()
        changed = key_result.pk is not None and self._says_something_else()
        with asking_again(key_result.objective, self.person, changed=changed):
            key_result.keep(milestones=planned, by=self.person, at=at)
        return key_result

    def _says_something_else(self) -> bool:
        """Than what was approved."""
        yours, saved = self._milestone_words() if self.instance.is_milestones else ("", "")
        return yours != saved or any(
            name in self.initial and self.initial[name] != self.cleaned_data.get(name)
            for name in ("title", "start", "target")
        )

    def saved_value(self, stored: KeyResult, name: str) -> Any:
        return stored.target if name == "threshold" else super().saved_value(stored, name)

    def differences(self, stored: KeyResult) -> Iterator[Difference]:
        hidden = "target" if self.instance.is_threshold else "threshold"
        without = str(self.fields[hidden].label)
        yield from (each for each in super().differences(stored) if each.label != without)
        if self.instance.is_milestones:
            yours, saved = self._milestone_words(stored)
            if yours != saved:
                yield Difference("Milestones", yours, saved)

    def _milestone_words(self, stored: KeyResult | None = None) -> tuple[str, str]:
        """What is typed and what is saved."""
        yours = sorted(self.milestones.planned(), key=lambda each: each.due_on)
        key_result: KeyResult = stored or self.instance
        return in_words(yours), in_words(key_result.milestones.all())

    def _take_threshold(self) -> None:
        threshold = self.cleaned_data.get("threshold")
        self._take(start=Decimal(0), target=threshold)
        if threshold is None and "threshold" not in self.errors:
            self.add_error("threshold", "Enter the threshold.")

    def _take(self, **values: Any) -> None:
        """Yes or no needs no numbers; whatever was typed into their boxes is not a fault."""
        for name, value in values.items():
            self.errors.pop(name, None)
            self.cleaned_data[name] = value
