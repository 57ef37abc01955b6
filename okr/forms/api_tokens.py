"""A token that somebody makes for a script of theirs, or an OKR admin for a service."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from okr.audit import noted
from okr.forms.choosing import too_long
from okr.forms.person_picker import PersonField
from okr.models import ApiToken, Person
from okr.models.api_token import Scope

NEVER = "never"
LASTS = [("30", "30 days"), ("90", "90 days"), ("365", "One year"), (NEVER, "Without an end")]
OF_PERSON = {
    Scope.READ: "Read what that person may see",
    Scope.WRITE: "Change what that person may change",
}
NO_ADMIN = "{} is not an OKR admin, so a token for them cannot do what OKR admins do."


class ApiTokenForm(forms.Form):
    for_service = False
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
        initial="90",
        error_messages={
            "required": "Choose how long.",
            "invalid_choice": "Choose from the list.",
        },
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  narrows the type
        offered = [scope for scope in Scope if scope != Scope.ADMIN or by.is_okr_admin]
        field.choices = [(scope.value, self.label_of(scope)) for scope in offered]

    def label_of(self, scope: Scope) -> str:
        return str(scope.label)

    @property
    def acts_as(self) -> Person:
        return self.by

    def keep(self, at: datetime) -> str:
        """What is shown once."""
        lasts = self.cleaned_data["lasts"]
        with noted("tokens.added") as note:
            made, told = ApiToken.objects.issue(
                self.acts_as,
                self.cleaned_data["name"],
                self.cleaned_data["scopes"],
                by=self.by,
                at=at,
                ends_at=None if lasts == NEVER else at + timedelta(days=int(lasts)),
                for_service=self.for_service,
            )
            note.about = made
            note.say(person=self.acts_as)
        return told


class CompanyTokenForm(ApiTokenForm):
    for_service = True
    person = PersonField(
        label="Acts as",
        help_text="It sees and changes what this person may, in their name, and ends when they"
        " leave.",
        error_messages={"required": "Choose as whom it acts."},
    )
    field_order = ["name", "person", "scopes", "lasts"]

    def label_of(self, scope: Scope) -> str:
        return OF_PERSON.get(scope, super().label_of(scope))

    @property
    def acts_as(self) -> Person:
        person: Person = self.cleaned_data["person"]
        return person

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        person = cleaned.get("person")
        if person and Scope.ADMIN in cleaned.get("scopes", ()) and not person.is_okr_admin:
            self.add_error("scopes", NO_ADMIN.format(person))
        return cleaned


def revoke(token: ApiToken, at: datetime) -> None:
    """Noted for the log, whoever does it."""
    with noted("tokens.revoked", token) as note:
        token.revoke(at)
        note.say(person=token.person)
