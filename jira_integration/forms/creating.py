"""The dialog that creates a Jira issue: where, what it is called, and what it is about."""

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms

from jira_integration.into_jira.creating import Wish
from jira_integration.into_jira.offering import Offer

PROJECT = re.compile(r"[A-Z][A-Z0-9_]{0,254}")
TYPE = re.compile(r"[0-9]{1,19}")
CHOOSE_PROJECT, CHOOSE_TYPE = "Choose a project.", "Choose a type."


class SearchSelect(forms.Select):
    """A list that can be searched by typing; a plain list without JavaScript."""

    template_name = "okr/forms/search_select.html"


class CreateForm(forms.Form):
    """What may be chosen is Jira's to say, so a choice is only checked for its shape here."""

    token = forms.CharField(required=False, widget=forms.HiddenInput)
    site = forms.CharField(required=False, label="Site", widget=forms.Select)
    project = forms.CharField(
        label="Project", error_messages={"required": CHOOSE_PROJECT}, widget=SearchSelect
    )
    type = forms.CharField(
        label="Type", error_messages={"required": CHOOSE_TYPE}, widget=forms.Select
    )
    summary = forms.CharField(
        max_length=255, error_messages={"required": "Enter what the issue is called."}
    )
    description = forms.CharField(
        required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, url: str, several: bool, **kwargs: Any) -> None:
        """`url` answers with what may be chosen once something was."""
        super().__init__(*args, **kwargs)
        if not several:
            del self.fields["site"]
        asks = {
            "hx-post": url,
            "hx-vals": '{"look": "1"}',
            "hx-target": "#create-choices",
            "hx-swap": "outerHTML",
            "hx-sync": "closest form:replace",
            "hx-indicator": "#create-wait",
        }
        for name in self.fields.keys() & {"site", "project", "type"}:
            self.fields[name].widget.attrs |= asks

    def clean_project(self) -> str:
        return _shaped(PROJECT, self.cleaned_data["project"], CHOOSE_PROJECT)

    def clean_type(self) -> str:
        return _shaped(TYPE, self.cleaned_data["type"], CHOOSE_TYPE)

    def clean_summary(self) -> str:
        """Jira takes one line."""
        return " ".join(str(self.cleaned_data["summary"]).split())

    def clean_token(self) -> UUID:
        """One that is none of ours is worth a new one."""
        try:
            return UUID(self.cleaned_data["token"])
        except ValueError:
            return uuid4()

    @property
    def wish(self) -> Wish:
        names = ("project", "type", "summary", "description")
        return Wish(*(self.cleaned_data[name] for name in names))

    def offer(self, offer: Offer, sites: list[tuple[str, str]]) -> None:
        """What may be chosen; where Jira does not answer, what was chosen before stays."""
        projects = [(each.key, f"{each.name} ({each.key})") for each in offer.projects]
        chosen = str(self["project"].value() or "")
        if chosen and not projects:
            projects = [(chosen, chosen)]
        self._choices("project", [("", "Choose a project"), *projects])
        self._choices("type", [(each.id, each.name) for each in offer.types])
        if "site" in self.fields:
            self._choices("site", sites)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        widget = self.fields[name].widget
        assert isinstance(widget, forms.Select)  # noqa: S101  narrows the type
        widget.choices = choices


def _shaped(pattern: re.Pattern[str], text: str, otherwise: str) -> str:
    if not pattern.fullmatch(text):
        raise forms.ValidationError(otherwise)
    return text
