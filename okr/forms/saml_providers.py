"""A SAML provider as an OKR admin connects it: by the description that it gives of itself."""

from typing import Any

from django import forms

from okr.company_sign_in.calls import get_bytes, read_address
from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.saml.gate import read_metadata
from okr.forms.choosing import too_long
from okr.forms.sign_in_providers import NewProviderForm, ProviderForm

BAD_ADDRESS = "Enter the address of the metadata, like https://login.example.com/metadata.xml."
MISSING = "Enter the address of the metadata, or paste it, before people can sign in this way."
NOT_BELIEVED = (
    "Tick it before people can sign in this way: SAML does not say which addresses are verified."
)


class SAMLForm(ProviderForm):
    class Meta(ProviderForm.Meta):
        fields = [
            "name",
            "metadata_address",
            "metadata",
            "subject_attribute",
            "email_attribute",
            "domains",
            "adds_people",
            "trusts_email",
            "is_on",
        ]
        labels = {
            **ProviderForm.Meta.labels,
            "metadata_address": "Address of its metadata",
            "metadata": "Or its metadata, pasted",
            "subject_attribute": "Attribute that never changes",
            "email_attribute": "Attribute of the e-mail address",
        }
        help_texts = {
            **ProviderForm.Meta.help_texts,
            "metadata_address": "New certificates are then read from there by themselves.",
            "metadata": "XML that begins with EntityDescriptor. Leave it empty where you enter an"
            " address.",
            "subject_attribute": "People are known by it. Empty: by the NameID, which must then"
            " be persistent.",
            "email_attribute": "Empty: the usual names for it are tried.",
            "trusts_email": "Tick this when people cannot change their own address at the"
            " provider. SAML does not say whether an address is verified.",
        }
        widgets = {
            **NewProviderForm.Meta.widgets,
            "metadata": forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        }
        error_messages = {
            **ProviderForm.Meta.error_messages,
            "metadata_address": {"max_length": too_long(500)},
            "subject_attribute": {"max_length": too_long(255)},
            "email_attribute": {"max_length": too_long(255)},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before: tuple[str, str] = (self.instance.metadata_address, self.instance.metadata)
        if self.instance.metadata_address:
            self.initial["metadata"] = ""

    def clean_metadata_address(self) -> str:
        address: str = self.cleaned_data["metadata_address"]
        if address and not read_address(address):
            raise forms.ValidationError(BAD_ADDRESS)
        return address

    def clean(self) -> dict[str, Any]:
        source = "metadata_address" if self.cleaned_data.get("metadata_address") else "metadata"
        if not self.errors:
            try:
                self._read(source)
            except ProviderError as error:
                self.add_error(source, f"The provider {error}.")
        return super().clean()

    def _read(self, source: str) -> None:
        """Who it is stands in what it says of itself. Raises ProviderError."""
        text = self._told(source)
        self.cleaned_data["metadata"] = text
        if text:
            self.instance.issuer = read_metadata(text).entity_id

    def _told(self, source: str) -> str:
        pasted: str = self.cleaned_data["metadata"].strip()
        address: str = self.cleaned_data["metadata_address"]
        if source == "metadata":
            return pasted
        before, known = self.before
        if known and address == before:
            return known
        return get_bytes(address).decode(errors="replace")

    def missing(self, cleaned: dict[str, Any]) -> dict[str, str]:
        faults = {}
        if not (cleaned.get("metadata") or self.errors):
            faults["metadata_address"] = MISSING
        if not cleaned.get("trusts_email"):
            faults["trusts_email"] = NOT_BELIEVED
        return faults
