"""The boxes that connect a Confluence, and whether a saved token may be used for them."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.html import format_html

from atlassian.allowed_calls import policy_from_settings
from atlassian.boxes import AddressField, TokenField
from atlassian.client import AtlassianError, EmailNeeded, SealError, SiteAddress
from atlassian.explain import NEW_TOKEN_URL, Explanation
from confluence.client import read_address
from confluence.connecting import Examination, examine, knows_any_of
from confluence.explain import WORDS
from confluence.models import ConfluenceConnection
from okr.audit import noted

EMAIL_NEEDED = "Enter the email address that you sign in to Confluence with."
EMAIL_WRONG = "Enter an email address, as name@example.com, or on Data Center a user name."
SERVER_NEEDED = "Enter the address of your Confluence."
TOKEN_NEEDED = "Paste the API token."  # noqa: S105  a sentence
DATE_WRONG = "Enter a date, as 2027-03-31."
TOKEN_HINT = format_html(
    '<a href="{}" target="_blank" rel="noopener noreferrer">Create an API token</a>'
    " under Manage Profile, Security, API Tokens. On Confluence Data Center, paste a personal"
    " access token or type the password. It is never shown again.",
    NEW_TOKEN_URL,
)
ANOTHER_SITE = (
    "This is another Confluence: the attached pages are not there. To attach pages of it, remove"
    " the connection of before first."
)


class CredentialsForm(forms.Form):
    """With saved credentials the token may stay empty, as long as the address stays the same."""

    use_required_attribute = False  # an empty box may keep the token

    email = forms.CharField(
        label="Email address",
        max_length=254,
        help_text="On Confluence Data Center a user name will do.",
        error_messages={"required": EMAIL_NEEDED},
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    server = AddressField(
        read=read_address,
        words=WORDS,
        label="Address",
        help_text="Any address copied from Confluence, "
        "such as https://your-company.atlassian.net/wiki.",
        error_messages={"required": SERVER_NEEDED},
        widget=forms.TextInput(
            attrs={
                "inputmode": "url",
                "autocomplete": "off",
                "spellcheck": "false",
                "hx-get": reverse_lazy("confluence:address"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#address",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
            }
        ),
    )
    token = TokenField(
        label="API token", help_text=TOKEN_HINT, error_messages={"required": TOKEN_NEEDED}
    )
    expires_on = forms.DateField(
        label="Token expires on",
        required=False,
        help_text="Atlassian does not tell us. From 30 days before, every OKR admin is warned.",
        error_messages={"invalid": DATE_WRONG},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, connection: ConfluenceConnection | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _saved(connection), **kwargs})
        self.connection = connection
        self.secret = ""
        self.examined: Examination | None = None
        self.explanation: Explanation | None = None
        token = self.fields["token"]
        if connection and isinstance(token, TokenField):
            token.keep(saved_on=timezone.localdate(connection.token_saved_at))

    @classmethod
    def of_saved(cls, connection: ConfluenceConnection) -> "CredentialsForm":
        """As if a person had sent what is saved, once more."""
        return cls(_saved(connection), connection=connection)

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
        if not _is_same(site, saved):
            self.add_error("token", WORDS.sentences["token_needed"])
            return cleaned
        try:
            self.secret = saved.token()
        except SealError as error:
            self.add_error("token", WORDS.explain_to_asker(error).sentence)
        return cleaned

    def connects(self) -> bool:
        """Asks Confluence, once; a refusal becomes an error of this form. Call it when valid."""
        server, email = self.cleaned_data["server"], self.cleaned_data["email"]
        typed = self.cleaned_data["token"] and self.data.get("server", "")
        saved = self.connection.server if self.connection and not typed else server.url
        address, policy = typed or saved, policy_from_settings()
        self.examined = examine(address, email, self.secret, policy, look_around=bool(typed))
        failure = self.examined.failure
        try:
            if not failure and self._is_another_site(self.examined):
                self.add_error("server", ANOTHER_SITE)
        except AtlassianError as error:
            failure = error
        if failure:
            self.explanation = WORDS.explain_to_asker(failure)
            place = "email" if isinstance(failure, EmailNeeded) else None
            self.add_error(place, self.explanation.sentence)
        return not self.errors

    def _is_another_site(self, examined: Examination) -> bool:
        """Pages are kept by number, and the numbers of another site are other pages."""
        saved = self.connection
        known = saved.known_titles() if saved and examined.site.url != saved.server else {}
        if not known:
            return False
        return not knows_any_of(known, examined, self.secret, policy_from_settings())

    def note_failure(self, at: datetime) -> None:
        """What Confluence has just refused stops the connection, as it would stop a reading."""
        if self.connection and self.examined and self.examined.failure:
            self.connection.failed(self.examined.failure, at)

    def accept(self, at: datetime) -> ConfluenceConnection:
        """Saves what Confluence has just accepted."""
        assert self.examined  # noqa: S101  narrows the type
        deed = "confluence.reconnected" if self.connection else "confluence.connected"
        with noted(deed, self.connection) as note:
            note.about = connection = self._to_change()
            saved_at = at if self.cleaned_data["token"] else connection.token_saved_at
            expires_on: date | None = self.cleaned_data["expires_on"]
            connection.accept(self.examined, self.secret, expires_on, saved_at)
        return connection

    def _to_change(self) -> ConfluenceConnection:
        """The one there is, also where two people connect the first one at once."""
        rows = ConfluenceConnection.objects.select_for_update()
        return rows.first() or ConfluenceConnection()

    @property
    def proof(self) -> str:
        """What was seen through the connection, so that a person believes it."""
        assert self.examined  # noqa: S101  narrows the type
        told = f"Connected to {self.examined.site.url} as {self.examined.account.name}."
        page = self.examined.proof
        return f"{told} The page that was edited last is “{page.title}”." if page else told

    @property
    def site(self) -> SiteAddress | None:
        """Where we will connect to, as far as the address can be read."""
        found: SiteAddress | None = self.cleaned_data.get("server") if self.is_bound else None
        return found

    @property
    def problem(self) -> str:
        """The first sentence about what is wrong."""
        return next((str(text) for texts in self.errors.values() for text in texts), "")


def _saved(connection: ConfluenceConnection | None) -> dict[str, Any]:
    if connection is None:
        return {}
    return {
        "email": connection.email,
        "server": connection.server,
        "expires_on": connection.token_expires_on,
    }


def _is_same(site: SiteAddress, saved: ConfluenceConnection) -> bool:
    """Cloud's own pages stand below /wiki, whether or not that was typed."""
    return site.url.removesuffix("/wiki") == saved.server.removesuffix("/wiki")
