"""The one box that confirms what is done to accounts: an address, an account id, or a number."""

from typing import Any

from django import forms

from atlassian_accounts.models import Removal
from atlassian_accounts.removal.asking import UnderWayError, ask
from atlassian_accounts.removal.choosing import Chosen
from okr.models import Person

NEEDED = "Type {to_type} to confirm."
OTHER = "This is not {to_type}. Look again at what you have chosen, then type it."
BUSY = "Somebody has just asked for something else for one of them. Open the accounts again."
PLAIN = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


class RemovalForm(forms.Form):
    use_required_attribute = False

    typed = forms.CharField(max_length=254, widget=forms.TextInput(attrs=PLAIN))

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        self.fields["typed"].label = chosen.label
        needed = NEEDED.format(to_type=chosen.to_type)
        self.fields["typed"].help_text = needed
        self.fields["typed"].error_messages["required"] = needed

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"].strip()
        if typed.casefold() != self.chosen.to_type.casefold():
            raise forms.ValidationError(OTHER.format(to_type=self.chosen.to_type))
        return typed

    def keep(self, by: Person) -> list[Removal]:
        """Empty, with an error, where somebody was faster."""
        try:
            return ask(self.chosen.accounts, self.chosen.verb, by)
        except UnderWayError:
            self.add_error(None, BUSY)
            return []
