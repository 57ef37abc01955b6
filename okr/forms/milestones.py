"""The milestones of a key result, as rows of its form: one with an empty title is left out."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from okr.forms.choosing import too_long
from okr.forms.numbers import NumberField
from okr.models import Cycle, KeyResult, Milestone
from okr.pages.calendar import long_date
from okr.pages.words import number

MOST, SPARE = 50, 12
MISSING = "Plan at least one milestone: a title, and the day it is due."


class MilestoneRow(forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        required=False,
        max_length=200,
        label="Milestone",
        widget=forms.TextInput(attrs={"placeholder": " ", "autocomplete": "off"}),
        error_messages={"max_length": too_long(200)},
    )
    due_on = forms.DateField(
        required=False,
        label="Due on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date such as 2026-10-31."},
    )
    weight = NumberField(required=False, digits=4, places=2, initial=Decimal(1), label="Weight")

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle = cycle

    def clean_due_on(self) -> Any:
        due_on, cycle = self.cleaned_data["due_on"], self.cycle
        if due_on and not cycle.starts_on <= due_on <= cycle.ends_on:
            within = f"{long_date(cycle.starts_on)} to {long_date(cycle.ends_on)}"
            raise ValidationError(f"Choose a day within the cycle, {within}.")
        return due_on

    def clean_weight(self) -> Decimal:
        weight = self.cleaned_data["weight"]
        if weight is not None and weight < 0:
            raise ValidationError("Enter 0 or more.")
        return Decimal(1) if weight is None else weight

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("title") and "due_on" in cleaned and not cleaned["due_on"]:
            self.add_error("due_on", "Enter the day it is due.")
        is_new = not cleaned.get("id")
        if is_new and cleaned.get("due_on") and cleaned.get("title") == "":
            self.add_error("title", "Enter a title.")
        return cleaned


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows of one key result."""

    def __init__(self, data: Any, key_result: KeyResult) -> None:
        found = list(key_result.milestones.all()) if key_result.pk else []
        self.found = {each.pk: each for each in found}
        super().__init__(
            data or None,
            initial=[
                {"id": each.pk, "title": each.title, "due_on": each.due_on, "weight": each.weight}
                for each in found
            ],
            prefix="milestones",
            form_kwargs={"cycle": key_result.objective.cycle},
        )

    def planned(self) -> list[Milestone]:
        """What stands in the rows; one that somebody deleted meanwhile is planned anew."""
        return [self._milestone(row.cleaned_data) for row in self if row.cleaned_data.get("title")]

    def faults(self) -> Iterator[str]:
        """Each with the number of its row, for the summary above the form."""
        if not self.is_valid():
            for place, row in enumerate(self, 1):
                for fault in (each for faults in row.errors.values() for each in faults):
                    yield f"Milestone {place}: {fault}"
            yield from map(str, self.non_form_errors())
        elif not self.planned():
            yield MISSING

    def _milestone(self, cleaned: dict[str, Any]) -> Milestone:
        milestone = self.found.get(cleaned["id"]) or Milestone()
        milestone.title, milestone.due_on = cleaned["title"], cleaned["due_on"]
        milestone.weight = cleaned["weight"]
        return milestone


MilestoneRows = forms.formset_factory(MilestoneRow, formset=Rows, extra=SPARE, max_num=MOST)


def in_words(milestones: Iterable[Milestone]) -> str:
    """One line for each, for comparing what two people planned."""
    return "\n".join(
        f"{each.title}, {long_date(each.due_on)}, weight {number(each.weight)}"
        for each in milestones
    )
