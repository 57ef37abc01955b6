"""A box for an address outside that the product may post to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from okr.allowed_calls import outgoing_policy
from okr.outgoing import AddressRefused, BadAddress, PlainHttp, read_place, refuse_at_sight
from okr.webhooks.posting import NOT_ALLOWED

UNREADABLE = "Enter an address that begins with https://."
WITH_A_PERSON = "An address must not hold a name or password before its host."


class AddressField(forms.CharField):
    """Gives the address in one spelling; whether it leads inside is asked again at each call."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"})
        faults = {"required": "Enter an address.", "max_length": "Use at most 2,000 characters."}
        super().__init__(max_length=2_000, widget=box, error_messages=faults, **kwargs)

    def clean(self, value: Any) -> str:
        text, policy = super().clean(value), outgoing_policy()
        if not text:
            return ""
        try:
            place = read_place(text, policy.allowed_hosts)
            refuse_at_sight(place.scheme, place.host, place.port, policy)
        except BadAddress as error:
            words = WITH_A_PERSON if error.reason == "password" else UNREADABLE
            raise ValidationError(words) from None
        except (AddressRefused, PlainHttp):
            raise ValidationError(NOT_ALLOWED) from None
        return place.url
