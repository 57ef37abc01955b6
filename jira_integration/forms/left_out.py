"""The resolutions of a site whose issues are left out instead of counting as Done."""

from collections.abc import Collection
from typing import Any

from django import forms

from jira_integration.models import IntegrationSettings, JiraConnection, SyncRun, Trigger
from jira_integration.outcomes import Outcomes
from okr.audit import noted
from okr.models import Person


class LeftOutForm(forms.Form):
    def __init__(
        self, *args: Any, connection: JiraConnection, outcomes: Outcomes, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.connection, self.outcomes = connection, outcomes
        self.initial.setdefault("resolutions", connection.left_out)
        self.fields["resolutions"] = forms.MultipleChoiceField(
            label="Left out",
            choices=[(one.id, one.name) for one in outcomes.each],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose among the resolutions of this Jira."},
        )

    @property
    def rows(self) -> list[tuple[Any, str]]:
        """Each box with how many issues it is about."""
        counted = [one.counted for one in self.outcomes.each]
        return list(zip(self["resolutions"], counted, strict=True))

    @property
    def chosen(self) -> list[str]:
        return sorted(self.cleaned_data["resolutions"])

    @property
    def is_saved(self) -> bool:
        return self.chosen == sorted(self.connection.left_out)

    def save(self, by: Person) -> None:
        """Saves the choice and asks for a recalculation, which needs no call to Jira."""
        with noted("jira.left_out", self.connection) as note:
            note.tell("Left out", self._named(self.connection.left_out), self._named(self.chosen))
            self.connection.leave_out(self.chosen)
            IntegrationSettings.load().renew()
            SyncRun.objects.ask(self.connection, Trigger.SETTINGS, by=by)

    def _named(self, resolutions: Collection[str]) -> str:
        return ", ".join(one.name for one in self.outcomes.each if one.id in resolutions)
