"""An identity provider as an OKR admin connects it."""

import re
from typing import Any

from django import forms

from okr.audit import noted_saving
from okr.company_sign_in.calls import read_issuer
from okr.forms.choosing import too_long
from okr.forms.versions import VersionedForm
from okr.models import SignInProvider
from okr.models.sign_in_provider import NEEDED

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
TAKEN = "There is a provider of this name already."
BAD_ISSUER = (
    "Enter the address that your provider calls its issuer, like https://login.example.com."
)
BAD_DOMAIN = "“{}” is not a domain. Enter domains like larkspur.example, with spaces between them."
MISSING = "Enter it before people can sign in with this provider."
NO_DOMAINS = "Enter the domains whose people are added."
KEPT = "Saved, and never shown. Leave it empty to keep it; a new issuer needs it again."


class DomainsField(forms.CharField):
    def clean(self, value: Any) -> list[str]:
        words = super().clean(value).lower().replace(",", " ").split()
        for word in words:
            if not DOMAIN.fullmatch(word):
                raise forms.ValidationError(BAD_DOMAIN.format(word[:60]))
        return sorted(set(words))

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value


class NewProviderForm(VersionedForm):
    class Meta:
        model = SignInProvider
        fields = ["name", "kind"]
        labels = {"kind": "Protocol"}
        help_texts = {"name": "People read it on the button, as “Sign in with Larkspur”."}
        widgets = {
            "name": forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
            "kind": forms.RadioSelect,
        }
        error_messages = {
            "name": {"required": "Enter a name.", "max_length": too_long(60), "unique": TAKEN},
            "kind": {"required": "Choose one.", "invalid_choice": "Choose one from the list."},
        }

    def keep(self) -> None:
        with noted_saving("sign_in", self.instance):
            self.instance.keep()


class ProviderForm(VersionedForm):
    """What every kind of provider has."""

    domains = DomainsField(
        label="E-mail domains",
        required=False,
        max_length=500,
        help_text="Only people with an address at one of them come in this way. Empty: all do.",
        error_messages={"max_length": too_long(500)},
    )

    class Meta(NewProviderForm.Meta):
        fields = ["name", "domains", "adds_people", "trusts_email", "is_on"]
        labels = {
            "client_id": "Client ID",
            "adds_people": "Add people when they come for the first time",
            "trusts_email": "Believe every address that it tells",
            "is_on": "People can sign in with it",
        }
        help_texts = {
            **NewProviderForm.Meta.help_texts,
            "adds_people": "Whoever is nobody here yet and has an address at one of the domains"
            " becomes an employee without a unit. Otherwise only those come in whom you added.",
        }
        error_messages = {
            **NewProviderForm.Meta.error_messages,
            "issuer": {"max_length": too_long(500)},
            "client_id": {"max_length": too_long(255)},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_on = self.instance.is_on
        self.fields["name"].widget.attrs.pop("autofocus", None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_on"):
            for name, fault in self.missing(cleaned).items():
                self.add_error(name, fault)
        if cleaned.get("adds_people") and not cleaned.get("domains"):
            self.add_error("domains", NO_DOMAINS)
        if self.was_on and not cleaned.get("is_on") and not self.instance.may_be_off():
            self.add_error("is_on", NEEDED.format(self.instance))
        return cleaned

    def missing(self, cleaned: dict[str, Any]) -> dict[str, str]:
        """What has to be there before people can sign in, by field."""
        raise NotImplementedError

    def keep(self) -> None:
        with noted_saving("sign_in", self.instance):
            self.instance.keep(self.cleaned_data.get("secret", ""))


class OpenIDForm(ProviderForm):
    secret = forms.CharField(
        label="Client secret",
        required=False,
        max_length=1_000,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": too_long(1_000)},
    )
    field_order = [
        *("name", "issuer", "client_id", "secret", "domains"),
        *("adds_people", "trusts_email", "is_on"),
    ]

    class Meta(ProviderForm.Meta):
        fields = [*ProviderForm.Meta.fields, "issuer", "client_id"]
        help_texts = {
            **ProviderForm.Meta.help_texts,
            "issuer": "For example https://login.example.com, as the provider writes it.",
            "trusts_email": "For providers that verify addresses and do not say so."
            " Otherwise somebody comes in only with an address that the provider calls verified.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secret"].help_text = KEPT if self.instance.sealed_secret else ""
        self.issuer_before = self.instance.issuer

    def clean_issuer(self) -> str:
        issuer: str = self.cleaned_data["issuer"]
        if issuer and not read_issuer(issuer):
            raise forms.ValidationError(BAD_ISSUER)
        return issuer

    def missing(self, cleaned: dict[str, Any]) -> dict[str, str]:
        kept = self.instance.sealed_secret and cleaned.get("issuer") == self.issuer_before
        there = {
            "issuer": cleaned.get("issuer") or "issuer" in self.errors,
            "client_id": cleaned.get("client_id"),
            "secret": cleaned.get("secret") or kept,
        }
        return {name: MISSING for name, value in there.items() if not value}
