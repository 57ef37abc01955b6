"""The three number boxes that say what each status category counts as."""

from dataclasses import replace
from typing import Any

from django import forms

from jira_integration.calculation import Scale
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    SyncRun,
    Trigger,
    ordering_errors,
)
from jira_integration.models.settings import IN_ORDER
from okr.audit import noted
from okr.models import Person

WHOLE_NUMBER = "Enter a whole number from 0 to 100."


def _percentage(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=100,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), WHOLE_NUMBER
        ),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": "1"}),
    )


class PercentagesForm(forms.Form):
    to_do = _percentage("To Do")
    in_progress = _percentage("In Progress")
    done = _percentage("Done")

    @classmethod
    def of_saved(cls, settings: IntegrationSettings) -> "PercentagesForm":
        names = ("to_do", "in_progress", "done")
        return cls(initial={name: getattr(settings, name) for name in names})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        boxes = {name: cleaned.get(name) for name in self.fields}
        out_of_order = {
            name: sentence
            for name, sentence in ordering_errors(**boxes).items()
            if name not in self.errors
        }
        if out_of_order:
            self.add_error(None, IN_ORDER)
        for name, sentence in out_of_order.items():
            self.add_error(name, sentence)
        return cleaned

    @property
    def scale(self) -> Scale:
        return Scale(**self.cleaned_data)

    @property
    def is_saved(self) -> bool:
        saved = IntegrationSettings.load().scale
        return self.scale == replace(saved, version=0)

    def save(self, by: Person) -> None:
        """Saves the percentages and asks for a recalculation, which needs no call to Jira."""
        settings = IntegrationSettings.load()
        with noted("jira.percentages", settings):
            settings.rescale(**self.cleaned_data)
            for connection in JiraConnection.objects.all():
                SyncRun.objects.ask(connection, Trigger.SETTINGS, by=by)
