"""How a key result is measured: each way with the number that it would make."""

from collections.abc import Iterator
from decimal import Decimal

from django import forms
from django.forms.boundfield import BoundWidget

from jira_integration.calculation import Measure
from jira_integration.linking import Proposal
from jira_integration.models import IntegrationSettings, Measuring
from jira_integration.models.measuring import NAMES
from jira_integration.outlook import outlook
from okr.models import KeyResult, Person


class MeasureForm(forms.Form):
    measure = forms.ChoiceField(
        label="How it is measured",
        choices=[(each.value, name) for each, name in NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is measured."},
    )

    @property
    def chosen(self) -> Measure:
        return Measure(self.cleaned_data["measure"])

    def keep(self, key_result: KeyResult, by: Person) -> bool:
        """Whether it is measured otherwise than before."""
        if self.chosen == Measuring.objects.of(key_result):
            return False
        Measuring.objects.choose(key_result, self.chosen, by)
        return True

    def explained(self, key_result: KeyResult) -> Iterator[tuple[BoundWidget, str, Decimal | None]]:
        """Each choice with what it means and what the linked issues make by it."""
        scale = IntegrationSettings.load().scale
        meanings = {
            Measure.MEAN: f"To Do counts as {scale.to_do}%, In Progress as {scale.in_progress}% "
            f"and Done as {scale.done}%.",
            Measure.SHARE: "Only what is Done counts; work in progress counts as nothing.",
        }
        for measure, option in zip(NAMES, self["measure"], strict=True):
            yield option, meanings[measure], outlook(key_result, Proposal(), measure).after
