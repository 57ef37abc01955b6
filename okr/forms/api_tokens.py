"""A token that somebody makes for a script of theirs."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from okr.forms.choosing import too_long
from okr.models import ApiToken, Person
from okr.models.api_token import Scope

LASTS = [("30", "30 days"), ("90", "90 days"), ("365", "One year"), ("", "Without an end")]


class ApiTokenForm(forms.Form):
    name = forms.CharField(
        max_length=100,
        help_text="What uses it, for example “Weekly report”.",
        error_messages={"required": "Enter a name.", "max_length": too_long(100)},
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
        error_messages={
            "required": "Choose at least one.",
            "invalid_choice": "Choose from the list.",
        },
    )
    lasts = forms.ChoiceField(
        label="How long it lasts",
        choices=LASTS,
        required=False,
        initial="90",
        error_messages={"invalid_choice": "Choose from the list."},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  narrows the type
        field.choices = [
            (scope.value, scope.label)
            for scope in Scope
            if scope != Scope.ADMIN or person.is_okr_admin
        ]

    def keep(self, at: datetime) -> str:
        """What is shown once."""
        days = self.cleaned_data["lasts"]
        _, told = ApiToken.objects.issue(
            self.person,
            self.cleaned_data["name"],
            self.cleaned_data["scopes"],
            by=self.person,
            at=at,
            ends_at=at + timedelta(days=int(days)) if days else None,
        )
        return told
