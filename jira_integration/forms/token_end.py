"""When the token in use ends: Jira does not tell, so a person is asked."""

from datetime import date
from typing import Any

from django import forms

from jira_integration.models import JiraConnection
from okr.audit import noted

EITHER = "Enter the day, or say that it does not end."
DATE_WRONG = "Enter a date, as 2027-03-31."
HINT = "Every OKR admin is warned 30, 7 and 1 days before."
BOTH = "Either it ends on a day, or it does not end."


def day_field(label: str, hint: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        error_messages={"invalid": DATE_WRONG},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class TokenEndForm(forms.Form):
    ends_on = day_field("It ends on", HINT)
    never = forms.BooleanField(label="It does not end", required=False)

    def __init__(self, *args: Any, connection: JiraConnection, **kwargs: Any) -> None:
        told = connection.token_end_told
        saved = {
            "ends_on": connection.token_expires_on,
            "never": told and connection.token_expires_on is None,
        }
        super().__init__(*args, **{"initial": saved, **kwargs})
        self.connection = connection

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, never = cleaned.get("ends_on"), cleaned.get("never")
        if "ends_on" in cleaned and bool(day) == bool(never):
            self.add_error("ends_on", BOTH if day else EITHER)
        return cleaned

    def keep(self) -> date | None:
        ends_on: date | None = self.cleaned_data["ends_on"]
        with noted("jira.token_end", self.connection, always=True):
            self.connection.end_told(ends_on)
        return ends_on
