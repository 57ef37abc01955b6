"""A token that an OKR admin makes for the company's directory."""

from datetime import datetime

from django import forms

from okr.audit import noted
from okr.forms.choosing import too_long
from okr.models import DirectoryToken, Person


class DirectoryTokenForm(forms.Form):
    name = forms.CharField(
        max_length=100,
        help_text="The directory that uses it, for example “Entra ID”.",
        error_messages={"required": "Enter a name.", "max_length": too_long(100)},
    )

    def keep(self, *, by: Person, at: datetime) -> str:
        """What is shown once."""
        with noted("provisioning.token_made") as note:
            note.about, told = DirectoryToken.objects.issue(self.cleaned_data["name"], by=by, at=at)
        return told
