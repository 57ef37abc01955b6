"""One connected site: where it is, as whom it is read, the sealed secret and until when it holds.

A model of its own room stands on it, and adds what that room reads there.
"""

from datetime import date, datetime
from typing import Protocol

from django.db import models, transaction

from atlassian.client import Credentials, Kind, SiteAddress
from atlassian.health import ConnectionHealth
from atlassian.lease import Leased
from atlassian.sealing import unseal
from okr.sealing import seal


class Hosting(models.TextChoices):
    CLOUD = "cloud", "Cloud"
    DATA_CENTER = "data_center", "Data Center"


class Secret(models.TextChoices):
    API_TOKEN = Kind.API_TOKEN.value, "API token"
    PASSWORD = Kind.PASSWORD.value, "Password"
    ACCESS_TOKEN = Kind.ACCESS_TOKEN.value, "Personal access token"


class Account(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Accepted(Protocol):
    """An address and credentials that the site has just accepted, and as whom."""

    @property
    def site(self) -> SiteAddress: ...
    @property
    def api_base(self) -> str: ...
    @property
    def is_cloud(self) -> bool: ...
    @property
    def cloud_id(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def email(self) -> str: ...
    @property
    def account(self) -> Account: ...


class SiteConnection(ConnectionHealth, Leased):
    server = models.URLField(max_length=300)
    api_base = models.URLField(max_length=300, help_text="The site itself, or Atlassian's gateway.")
    hosting = models.CharField(max_length=12, choices=Hosting, default=Hosting.CLOUD)
    cloud_id = models.CharField(max_length=64, blank=True)
    email = models.CharField(
        max_length=254, help_text="On Data Center it may be a user name instead."
    )
    secret = models.CharField(max_length=12, choices=Secret, default=Secret.API_TOKEN)
    sealed_token = models.TextField(editable=False)
    token_saved_at = models.DateTimeField()
    token_expires_on = models.DateField(null=True, blank=True)
    token_end_told = models.BooleanField(
        default=False, help_text="A person said when the token ends, or that it does not."
    )
    account_id = models.CharField(max_length=128)
    account_name = models.CharField(max_length=255)

    class Meta:
        abstract = True

    @property
    def host(self) -> str:
        return self.server.split("://", 1)[-1]

    @property
    def site(self) -> SiteAddress:
        return SiteAddress.from_url(self.server)

    @property
    def origin(self) -> list[str]:
        """What the secret is sealed with: it opens for these addresses alone."""
        return [self.server, self.api_base]

    def token(self) -> str:
        """Opens the token for this very address. Raises SealError for any other."""
        return unseal(self.sealed_token, self.origin)

    def credentials(self) -> Credentials:
        """Raises SealError where the token belongs to another address."""
        return Credentials(self.email, self.token(), self.kind)

    @property
    def is_cloud(self) -> bool:
        return self.hosting == Hosting.CLOUD

    @property
    def is_scoped(self) -> bool:
        """Whether the token has scopes of its own: then only the gateway takes it."""
        return self.is_cloud and self.api_base != self.server

    @property
    def kind(self) -> Kind:
        return Kind(self.secret)

    @property
    def end_unknown(self) -> bool:
        """Whether somebody has to be asked: Atlassian never tells, and a password has no end."""
        return self.kind != Kind.PASSWORD and not self.token_end_told

    @property
    def ends_on(self) -> date | None:
        return self.token_expires_on

    def end_told(self, ends_on: date | None) -> None:
        """What a person knows of the end of the token in use; None: it does not end."""
        self.token_expires_on, self.token_end_told = ends_on, True
        self.save(update_fields=["token_expires_on", "token_end_told"])

    def accept(self, accepted: Accepted, token: str, expires_on: date | None, at: datetime) -> None:
        """Takes over what the site has just accepted.

        A run that is under way with the old ones loses its lease: its verdict is about the past.
        """
        self.server, self.api_base = accepted.site.url, accepted.api_base
        self.hosting = Hosting.CLOUD if accepted.is_cloud else Hosting.DATA_CENTER
        self.secret = accepted.kind.value
        self.cloud_id, self.email = accepted.cloud_id, accepted.email
        self.account_id, self.account_name = accepted.account.id, accepted.account.name
        self.sealed_token = seal(token, self.origin)
        same_token, self.token_saved_at = self.token_saved_at == at, at
        self.token_expires_on = expires_on
        self.token_end_told = expires_on is not None or (same_token and self.token_end_told)
        self.next_read_at = None
        self.recover()
        with transaction.atomic():
            self.end_lease()
            self.save()
