"""The three boxes of `Integrate with Jira`, and whether a saved token may be used for them."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from atlassian.allowed_calls import policy_from_settings
from atlassian.boxes import AddressField, TokenField
from atlassian.client import SealError
from jira_integration import registering
from jira_integration.client import (
    EmailNeeded,
    JiraError,
    SiteAddress,
    read_address,
)
from jira_integration.connecting import Examination, examine, knows_any_of
from jira_integration.explain import NEW_TOKEN_URL, SENTENCES, WORDS, Explanation, explain_to_asker
from jira_integration.forms.boxes import email_field
from jira_integration.models import (
    Cause,
    CredentialChange,
    IntegrationSettings,
    JiraConnection,
    Successor,
    SyncRun,
    Trigger,
)
from jira_integration.proof import proof
from okr.audit import noted
from okr.models import Person

format_html_lazy = lazy(format_html, SafeString)

SERVER_NEEDED = "Enter the address of your Jira."
TOKEN_NEEDED = "Paste the API token."  # noqa: S105  a sentence
EMAIL_WRONG = "Enter an email address, as name@example.com, or on Data Center a user name."
TOKEN_HINT = format_html(
    '<a href="{}" target="_blank" rel="noopener noreferrer">Create an API token</a>'
    " under Manage Profile, Security, API Tokens. On Jira Data Center, paste a personal access"
    " token or type the password. It is never shown again.",
    NEW_TOKEN_URL,
)
TOKEN_SAVED = "Saved {day}. Leave empty to keep it."  # noqa: S105
DATE_WRONG = "Enter a date, as 2027-03-31."
EXPIRY_HINT = "Jira does not tell us. From 30 days before, every OKR admin is warned."
SERVER_HINT = "Any address copied from Jira, such as https://your-company.atlassian.net."
ANOTHER_SITE = format_html_lazy(
    "This is another Jira: none of the linked issues is there. "
    'To follow both, use <a href="{}">Connect another site</a>. To leave the Jira of before,'
    " remove the links of its key results first.",
    reverse_lazy("jira:connect_another"),
)
CONNECTED = "This Jira is connected already, as {name}."
TOKEN_AGAIN = SENTENCES["token_needed"]


class CredentialsForm(forms.Form):
    """With saved credentials the token may stay empty, as long as the address stays the same."""

    use_required_attribute = False  # an empty box may keep the token

    email = email_field()
    server = AddressField(
        read=read_address,
        words=WORDS,
        label="Server",
        help_text=SERVER_HINT,
        error_messages={"required": SERVER_NEEDED},
        widget=forms.TextInput(
            attrs={
                "inputmode": "url",
                "autocomplete": "off",
                "spellcheck": "false",
                "hx-get": reverse_lazy("jira:address"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#address",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
            }
        ),
    )
    token = TokenField(
        label="API Token",
        help_text=TOKEN_HINT,
        error_messages={"required": TOKEN_NEEDED},
    )

    def __init__(self, *args: Any, connection: JiraConnection | None, **kwargs: Any) -> None:
        saved = {"email": connection.email, "server": connection.server} if connection else {}
        super().__init__(*args, **{"initial": saved, **kwargs})
        self.connection = connection
        self.secret = ""
        self.examined: Examination | None = None
        self.explanation: Explanation | None = None
        token = self.fields["token"]
        if connection and isinstance(token, TokenField):
            token.keep(saved_on=timezone.localdate(connection.token_saved_at))

    @classmethod
    def of_saved(cls, connection: JiraConnection) -> "CredentialsForm":
        """As if a person had sent what is saved, once more."""
        saved = {"email": connection.email, "server": connection.server}
        return cls(saved, connection=connection)

    def clean_email(self) -> str:
        """A colon would end the name before its time, as a request is signed."""
        name: str = self.cleaned_data["email"]
        if ":" in name or not name.isprintable():
            raise forms.ValidationError(EMAIL_WRONG)
        return name

    def clean(self) -> dict[str, Any]:
        """Finds the secret: what was typed, else what is saved for this very address."""
        cleaned = super().clean() or self.cleaned_data
        site, saved = cleaned.get("server"), self.connection
        self.secret = cleaned.get("token", "")
        if self.secret or saved is None or site is None:
            return cleaned
        if site.url != saved.server:
            self.add_error("token", TOKEN_AGAIN)
            return cleaned
        try:
            self.secret = saved.token()
        except SealError as error:
            self.add_error("token", explain_to_asker(error).sentence)
        return cleaned

    def connects(self) -> bool:
        """Asks Jira, once; a refusal becomes an error of this form. Call it on a valid form."""
        server, email = self.cleaned_data["server"], self.cleaned_data["email"]
        typed = self.cleaned_data["token"] and self.data.get("server", "")
        address, policy = typed or server.url, policy_from_settings()
        self.examined = examine(address, email, self.secret, policy, look_around=bool(typed))
        failure = self.examined.failure
        try:
            if not failure and (name := self._taken_by()):
                self.add_error("server", CONNECTED.format(name=name))
            elif not failure and self._is_another_site():
                self.add_error("server", ANOTHER_SITE)
        except JiraError as error:
            failure = error
        if failure:
            self.explanation = explain_to_asker(failure)
            place = "email" if isinstance(failure, EmailNeeded) else None
            self.add_error(place, self.explanation.sentence)
        return not self.errors

    def _taken_by(self) -> str:
        """The name of the other site that is connected at this address."""
        assert self.examined  # noqa: S101  narrows the type
        others = JiraConnection.objects.filter(server=self.examined.site.url)
        if self.connection:
            others = others.exclude(pk=self.connection.pk)
        other = others.first()
        return other.name if other else ""

    def _is_another_site(self) -> bool:
        """Links are kept by number, and the numbers of another site are other issues."""
        saved, examined = self.connection, self.examined
        if not (saved and examined) or examined.site.url == saved.server:
            return False
        known, policy = saved.linked_keys(), policy_from_settings()
        return bool(known) and not knows_any_of(known, examined, self.secret, policy)

    def note_failure(self, at: datetime) -> None:
        """What Jira has just refused stops the site, as it would stop a reading of it."""
        if self.connection and self.examined and self.examined.failure:
            self.connection.failed(self.examined.failure, at)

    def accept(self, by: Person, at: datetime) -> JiraConnection:
        """Saves what Jira has just accepted; where Jira is followed, asks for a first reading."""
        assert self.examined  # noqa: S101  narrows the type
        if self.connection and self.connection.server != self.examined.site.url:
            registering.remove(self.connection)
            Successor.objects.filter(connection=self.connection).delete()
        deed = "jira.reconnected" if self.connection else "jira.connected"
        with noted(deed, self.connection) as note:
            note.about = connection = self._site_to_change()
            before = connection.account_id, connection.account_name
            is_new = bool(self.cleaned_data["token"]) or self.examined.account.id != before[0]
            saved_at = at if self.cleaned_data["token"] else connection.token_saved_at
            connection.accept(self.examined, self.secret, self._expires_on(), saved_at)
            if is_new:
                self._note_change(connection, before, by, at)
            if IntegrationSettings.load().enabled:
                SyncRun.objects.ask(connection, Trigger.CONNECT, by=by)
        return connection

    def _note_change(
        self, connection: JiraConnection, before: tuple[str, str], by: Person, at: datetime
    ) -> None:
        number, name = before
        other = name if connection.account_id != number else ""
        CredentialChange.objects.note(
            connection, connection, Cause.CONNECTED, at, by=by, before=other
        )

    def _site_to_change(self) -> JiraConnection:
        """That of the form; the first where two people connect the first site at once."""
        rows = JiraConnection.objects.select_for_update()
        rows = rows.filter(pk=self.connection.pk) if self.connection else rows
        return rows.first() or JiraConnection()

    def connect(self, by: Person, at: datetime) -> JiraConnection:
        """From now on the linked key results follow this Jira."""
        settings = IntegrationSettings.load()
        with noted("jira.turned_on", settings):
            settings.turn_on()
            return self.accept(by, at)

    def proof(self, at: datetime) -> str:
        """What was seen through the connection, so that a person believes it."""
        assert self.examined  # noqa: S101  narrows the type
        return proof(self.examined, IntegrationSettings.load(), at)

    @property
    def site(self) -> SiteAddress | None:
        """Where we will connect to, as far as the address can be read."""
        found: SiteAddress | None = self.cleaned_data.get("server") if self.is_bound else None
        return found

    @property
    def problem(self) -> str:
        """The first sentence about what is wrong."""
        return next((str(text) for texts in self.errors.values() for text in texts), "")

    def _expires_on(self) -> date | None:
        """A new token has a new, unknown end; a kept one keeps what was told."""
        kept = self.connection and not self.cleaned_data["token"]
        return self.connection.token_expires_on if self.connection and kept else None


class ManagedCredentialsForm(CredentialsForm):
    """The same, with the day on which the token ends: Jira does not tell."""

    expires_on = forms.DateField(
        label="Token expires on",
        required=False,
        help_text=EXPIRY_HINT,
        error_messages={"invalid": DATE_WRONG},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, connection: JiraConnection | None, **kwargs: Any) -> None:
        super().__init__(*args, connection=connection, **kwargs)
        if connection:
            self.initial["expires_on"] = connection.token_expires_on

    def _expires_on(self) -> date | None:
        told: date | None = self.cleaned_data["expires_on"]
        return told
