"""The six boxes of an organization: its API key, or somebody's API token at a single site."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from atlassian.boxes import TokenField
from atlassian.client import BadAddress, EmailNeeded, SealError
from atlassian.explain import Explanation
from atlassian_accounts.client import gateway_of, organization_in, read_site
from atlassian_accounts.client.places import ORGANIZATION
from atlassian_accounts.connecting import Examination, examine_organization, examine_site
from atlassian_accounts.explain import WORDS
from atlassian_accounts.forms import boxes as words
from atlassian_accounts.forms.boxes import Boxes
from atlassian_accounts.models import (
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    Source,
    Trigger,
)
from okr.audit import noted
from okr.models import Person

IS_WEB = URLValidator(schemes=["http", "https"])


class ConnectForm(Boxes):
    """A saved secret stays where its box is left empty and it still is for the same place."""

    def __init__(
        self, *args: Any, connection: OrganizationConnection | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": _saved(connection), **kwargs})
        self.connection = connection
        self.secret, self.source = "", Source.ORGANIZATION
        self.examined: Examination | None = None
        self.explanation: Explanation | None = None
        if connection:
            box = "organization_key" if connection.is_organization else "api_token"
            field = self.fields[box]
            assert isinstance(field, TokenField)  # noqa: S101  narrows the type
            field.keep(saved_on=timezone.localdate(connection.secret_saved_at))

    def clean_label(self) -> str:
        label = " ".join(self.cleaned_data["label"].split())
        pk = self.connection.pk if self.connection else None
        if other := OrganizationConnection.objects.others_called(label, pk).first():
            raise forms.ValidationError(words.LABEL_TAKEN.format(label=other.label))
        return label

    def clean(self) -> dict[str, Any]:
        """Finds out which of the two it is, and the secret: what was typed, else what is saved."""
        cleaned = super().clean() or self.cleaned_data
        key, token = cleaned.get("organization_key", ""), cleaned.get("api_token", "")
        kept = self.connection.source if self.connection and not (key or token) else ""
        if key and token:
            self.add_error("api_token", words.BOTH)
        elif not (key or token or kept):
            self.add_error("organization_key", words.NEITHER)
        elif token or kept == Source.SITE:
            self.source = Source.SITE
            self._clean_site(cleaned)
        else:
            self._clean_organization(cleaned)
        self.secret = key or token
        if kept and not self.errors:
            self._keep_secret()
        return cleaned

    def _clean_organization(self, cleaned: dict[str, Any]) -> None:
        cleaned["admin_url"] = self._address(cleaned.get("admin_url", ""))
        told = cleaned.get("organization_id", "").strip()
        told = told or organization_in(cleaned.get("admin_url", ""))
        if not told:
            self.add_error("organization_id", words.ID_NEEDED)
        elif not ORGANIZATION.fullmatch(told):
            self.add_error("organization_id", words.ID_WRONG)
        cleaned["organization_id"] = told

    def _address(self, text: str) -> str:
        """An error of its box where it is none: it is shown as a link."""
        address = text if "://" in text or not text else f"https://{text}"
        try:
            if address:
                IS_WEB(address)
        except forms.ValidationError:
            self.add_error("admin_url", words.URL_WRONG)
        return address

    def _clean_site(self, cleaned: dict[str, Any]) -> None:
        text, cleaned["organization_id"] = cleaned.get("admin_url", ""), ""
        if not text or organization_in(text):
            self.add_error("admin_url", words.SITE_NEEDED)
            return
        try:
            cleaned["site"] = read_site(text, policy_from_settings().allowed_hosts)
        except BadAddress as error:
            self.add_error("admin_url", WORDS.explain_to_asker(error).sentence)

    def _keep_secret(self) -> None:
        saved = self.connection
        assert saved  # noqa: S101  narrows the type
        if not self._is_place_of(saved):
            self.add_error(self._box, words.AGAIN)
            return
        try:
            self.secret = saved.opened()
        except SealError as error:
            self.add_error(self._box, WORDS.explain_to_asker(error).sentence)

    def _is_place_of(self, saved: OrganizationConnection) -> bool:
        if self.source == Source.SITE:
            return self._place == saved.server
        gateway = gateway_of(self.cleaned_data["admin_url"], policy_from_settings())
        return (self._place, gateway) == (saved.organization_id, saved.api_base)

    @property
    def _box(self) -> str:
        return "organization_key" if self.source == Source.ORGANIZATION else "api_token"

    @property
    def _place(self) -> str:
        if self.source == Source.ORGANIZATION:
            return str(self.cleaned_data["organization_id"])
        return str(self.cleaned_data["site"].url)

    def connects(self) -> bool:
        """Asks Atlassian, once; a refusal becomes an error of this form. Call it on a valid one."""
        if name := self._taken_by():
            self.add_error(None, words.CONNECTED.format(label=name))
            return False
        self.examined = self._examine()
        if failure := self.examined.failure:
            self.explanation = WORDS.explain_to_asker(failure)
            box = "admin_email" if isinstance(failure, EmailNeeded) else None
            self.add_error(box, self.explanation.sentence)
        return not self.errors

    def _examine(self) -> Examination:
        told, policy = self.cleaned_data, policy_from_settings()
        email, url = told["admin_email"], told["admin_url"]
        if self.source == Source.SITE:
            return examine_site(email, told["site"].url, told["site"], self.secret, policy)
        return examine_organization(email, url, told["organization_id"], self.secret, policy)

    def _taken_by(self) -> str:
        column = "organization_id" if self.source == Source.ORGANIZATION else "server"
        others = OrganizationConnection.objects.filter(**{column: self._place})
        if self.connection:
            others = others.exclude(pk=self.connection.pk)
        return others.values_list("label", flat=True).first() or ""

    def accept(self, by: Person, at: datetime) -> OrganizationConnection:
        """Saves what was just accepted; where accounts are read, asks for a first reading."""
        assert self.examined  # noqa: S101  narrows the type
        typed = self.cleaned_data["organization_key"] or self.cleaned_data["api_token"]
        deed = "accounts.reconnected" if self.connection else "accounts.connected"
        with noted(deed, self.connection) as note:
            note.about = connection = self.connection or OrganizationConnection()
            saved_at = at if typed or not self.connection else connection.secret_saved_at
            connection.label = self.cleaned_data["label"]
            connection.accept(self.examined, self.secret, None, saved_at)
            if AccountsSettings.load().enabled:
                AccountsRead.objects.ask(connection, Trigger.CONNECT, by)
        return connection

    @property
    def problem(self) -> str:
        return next((str(text) for texts in self.errors.values() for text in texts), "")


def _saved(connection: OrganizationConnection | None) -> dict[str, str]:
    names = ("label", "admin_email", "admin_url", "organization_id")
    return {name: getattr(connection, name) for name in names} if connection else {}
