"""The boxes of a form that connects: an address as it was copied, a secret that may stay."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django import forms

from atlassian.allowed_calls import policy_from_settings
from atlassian.client import BadAddress, SiteAddress
from atlassian.explain import Words

TOKEN_SAVED = "Saved {day}. Leave empty to keep it."  # noqa: S105  a sentence


class AddressField(forms.CharField):
    """Any pasted URL of a product, reduced to its site by `read`."""

    def __init__(
        self, *, read: Callable[[str, Collection[str]], SiteAddress], words: Words, **kwargs: Any
    ) -> None:
        super().__init__(max_length=2_000, **kwargs)
        self.read, self.words = read, words

    def clean(self, value: Any) -> SiteAddress:
        text = super().clean(value)
        try:
            return self.read(text, policy_from_settings().allowed_hosts)
        except BadAddress as error:
            raise forms.ValidationError(self.words.explain_to_asker(error).sentence) from None


class TokenField(forms.CharField):
    """Mandatory; where one is saved, an empty box keeps it. What was typed is never sent back."""

    widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    kept = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2_000, **kwargs)

    def keep(self, saved_on: date) -> None:
        self.kept = True
        self.help_text = TOKEN_SAVED.format(day=f"{saved_on:%-d %B %Y}")

    def validate(self, value: str) -> None:
        if value or not self.kept:
            super().validate(value)
