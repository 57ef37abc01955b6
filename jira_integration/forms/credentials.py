"""The three boxes of `Integrate with Jira`, and whether a saved token may be used for them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.db import transaction

from jira_integration.client import BadAddress, SiteAddress, read_address
from jira_integration.connecting import Examination, examine, policy_from_settings
from jira_integration.explain import SENTENCES, explain_error
from jira_integration.models import IntegrationSettings, JiraConnection, SyncRun, Trigger
from okr.models import Person

EMAIL_NEEDED = "Enter the email address that you sign in to Jira with."
EMAIL_WRONG = "Enter an email address, as name@example.com."
SERVER_NEEDED = "Enter the address of your Jira, as https://your-company.atlassian.net."
TOKEN_NEEDED = "Paste the API token."  # noqa: S105  a sentence
TOKEN_AGAIN = SENTENCES["token_needed"]


class AddressField(forms.CharField):
    """Any pasted URL of Jira, reduced to its site."""

    def clean(self, value: Any) -> SiteAddress:
        text = super().clean(value)
        try:
            return read_address(text, policy_from_settings().allowed_hosts)
        except BadAddress as error:
            raise forms.ValidationError(explain_error(error).sentence) from None


class CredentialsForm(forms.Form):
    """With saved credentials the token may stay empty, as long as the address stays the same."""

    email = forms.EmailField(
        label="Email Address (In Jira)",
        max_length=254,
        error_messages={"required": EMAIL_NEEDED, "invalid": EMAIL_WRONG},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    server = AddressField(
        label="Server",
        max_length=2_000,
        error_messages={"required": SERVER_NEEDED},
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    token = forms.CharField(
        label="API Token",
        max_length=2_000,
        error_messages={"required": TOKEN_NEEDED},
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, connection: JiraConnection | None, **kwargs: Any) -> None:
        saved = {"email": connection.email, "server": connection.server} if connection else {}
        super().__init__(*args, initial=saved, **kwargs)
        self.connection = connection
        self.fields["token"].required = connection is None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        site, saved = cleaned.get("server"), self.connection
        if saved and site and not cleaned.get("token") and site.url != saved.server:
            self.add_error("token", TOKEN_AGAIN)
        return cleaned
