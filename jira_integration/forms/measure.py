"""How a key result is measured: each way with the number that it would make."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from django import forms
from django.forms.boundfield import BoundWidget

from jira_integration.calculation import Measure
from jira_integration.counting import Way
from jira_integration.models import IntegrationSettings, Measuring
from jira_integration.models.measuring import NAMES, columns, fault_of, placed
from jira_integration.outlook import outlook
from jira_integration.proposal import Proposal
from okr.models import KeyResult, Person

OFFERED = (Measure.MEAN, Measure.SHARE, Measure.COUNT)


class MeasureForm(forms.Form):
    measure = forms.ChoiceField(
        label="How it is measured",
        choices=[(each.value, NAMES[each]) for each in OFFERED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is measured."},
    )

    def __init__(self, *args: object, key_result: KeyResult, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.key_result, self.way = key_result, Measuring.objects.of(key_result)
        self.initial.setdefault("measure", self.way.measure)

    def clean_measure(self) -> str:
        sent: str = self.cleaned_data["measure"]
        if fault := fault_of(replace(self.way, measure=Measure(sent)), self.key_result):
            raise forms.ValidationError(fault)
        return sent

    @property
    def chosen(self) -> Way:
        return replace(self.way, measure=Measure(self.cleaned_data["measure"]))

    def keep(self, by: Person) -> bool:
        """Whether it is measured otherwise than before."""
        if columns(self.chosen) == columns(self.way):
            return False
        Measuring.objects.choose(self.key_result, self.chosen, by)
        return True

    def explained(self) -> Iterator[tuple[BoundWidget, str, Decimal | None]]:
        """Each choice with what it means and what the linked issues make by it."""
        for measure, option in zip(OFFERED, self["measure"], strict=True):
            way = placed(replace(self.way, measure=measure), self.key_result)
            fault = fault_of(way, self.key_result)
            makes = None if fault else outlook(self.key_result, Proposal(), way).after
            yield option, fault or self._meaning(measure), makes

    def _meaning(self, measure: Measure) -> str:
        scale, key_result = IntegrationSettings.load().scale, self.key_result
        match measure:
            case Measure.MEAN:
                return (
                    f"To Do counts as {scale.to_do}%, In Progress as {scale.in_progress}% "
                    f"and Done as {scale.done}%."
                )
            case Measure.SHARE:
                return "Only what is Done counts; work in progress counts as nothing."
        start, target = key_result.start.normalize(), key_result.target.normalize()
        return f"How many issues are Done, on the way from {start:f} to {target:f}."
