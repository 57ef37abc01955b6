"""One named organization of Atlassian, or a single site: as whom it is read, and how that goes."""

from datetime import date, datetime
from typing import Protocol

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from atlassian.allowed_calls import policy_from_settings
from atlassian.client import Credentials, SiteAddress
from atlassian.health import ConnectionHealth, to_be_read
from atlassian.lease import Leased, LeasedQuerySet
from atlassian.sealing import unseal
from atlassian_accounts.client import OrganizationClient, SiteClient
from atlassian_accounts.explain import WORDS
from okr.outgoing import Patience
from okr.sealing import seal


class Source(models.TextChoices):
    ORGANIZATION = "organization", "Organization"
    SITE = "site", "Single site"


class Accepted(Protocol):
    """What Atlassian has just accepted, and for whom it answered."""

    @property
    def source(self) -> Source: ...
    @property
    def admin_email(self) -> str: ...
    @property
    def admin_url(self) -> str: ...
    @property
    def organization_id(self) -> str: ...
    @property
    def organization_name(self) -> str: ...
    @property
    def server(self) -> str: ...
    @property
    def api_base(self) -> str: ...
    @property
    def account_id(self) -> str: ...


class OrganizationConnectionQuerySet(LeasedQuerySet["OrganizationConnection"]):
    def due(self, now: datetime) -> "OrganizationConnectionQuerySet":
        """Those to be read now, by the schedule; a suspended or paused one waits for a person."""
        return self.filter(to_be_read(now, settings.ACCOUNTS_TICK_SECONDS), paused=False)

    def others_called(self, label: str, pk: int | None) -> "OrganizationConnectionQuerySet":
        named = self.filter(label__iexact=label)
        return named if pk is None else named.exclude(pk=pk)


class OrganizationConnection(ConnectionHealth, Leased):
    """An organization has an API key of its own; a site is read with somebody's API token."""

    words = WORDS

    label = models.CharField(max_length=80)
    source = models.CharField(max_length=12, choices=Source, default=Source.ORGANIZATION)
    admin_email = models.CharField(max_length=254)
    admin_url = models.URLField(max_length=300, blank=True)
    organization_id = models.CharField(max_length=64, blank=True)
    organization_name = models.CharField(max_length=255, blank=True)
    server = models.URLField(max_length=300, blank=True, help_text="Of a single site.")
    api_base = models.URLField(
        max_length=300, help_text="Where it is asked: a site itself, or Atlassian's gateway."
    )
    paused = models.BooleanField(default=False, help_text="Read only when somebody asks for it.")
    sealed_secret = models.TextField(editable=False)
    secret_saved_at = models.DateTimeField()
    secret_ends_on = models.DateField(null=True, blank=True)
    account_id = models.CharField(
        max_length=128, blank=True, help_text="The connected account, as far as it is known."
    )

    objects = OrganizationConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("label"), name="an_organization_has_a_label_of_its_own"),
            models.UniqueConstraint(
                fields=["organization_id"],
                condition=~Q(organization_id=""),
                name="an_organization_is_connected_once",
            ),
            models.UniqueConstraint(
                fields=["server"], condition=~Q(server=""), name="a_site_of_accounts_once"
            ),
            models.CheckConstraint(
                condition=Q(source="organization", server="") & ~Q(organization_id="")
                | Q(source="site", organization_id="") & ~Q(server=""),
                name="organization_or_site",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_organization(self) -> bool:
        return self.source == Source.ORGANIZATION

    @property
    def host(self) -> str:
        """What it is called beside its label."""
        named = self.organization_name or self.organization_id
        return named if self.is_organization else self.server.split("://", 1)[-1]

    @property
    def origin(self) -> list[str]:
        """What the secret is sealed with: it opens for this organization or site alone."""
        return [self.source, self.organization_id or self.server, self.api_base]

    def opened(self) -> str:
        """The secret. Raises SealError where it was sealed for something else."""
        return unseal(self.sealed_secret, self.origin)

    def organization_client(self, seconds: float | None = None) -> OrganizationClient:
        """`seconds` is how long an answer may take; fewer where a person waits for it."""
        patience = Patience(total=seconds or settings.JIRA_ANSWER_SECONDS)
        return OrganizationClient(
            self.organization_id,
            self.opened(),
            policy_from_settings(),
            self.api_base,
            email=self.admin_email,
            patience=patience,
        )

    def site_client(self, seconds: float | None = None) -> SiteClient:
        patience = Patience(total=seconds or settings.JIRA_ANSWER_SECONDS)
        credentials = Credentials(self.admin_email, self.opened())
        site, policy = SiteAddress.from_url(self.server), policy_from_settings()
        return SiteClient(site, credentials, policy, self.api_base, patience=patience)

    def accept(self, accepted: Accepted, secret: str, ends_on: date | None, at: datetime) -> None:
        """Takes over what was just accepted; a reading under way with the old loses its lease."""
        self.source, self.admin_email = accepted.source, accepted.admin_email
        self.admin_url, self.server = accepted.admin_url, accepted.server
        self.organization_id = accepted.organization_id
        self.organization_name = accepted.organization_name
        self.api_base, self.account_id = accepted.api_base, accepted.account_id
        self.sealed_secret = seal(secret, self.origin)
        self.secret_saved_at, self.secret_ends_on = at, ends_on
        self.next_read_at = None
        self.recover()
        with transaction.atomic():
            self.end_lease()
            self.save()

    def pause(self, *, paused: bool) -> None:
        """What was read stays; one that goes on is read at once."""
        self.paused = paused
        self.next_read_at = None
        self.save(update_fields=["paused", "next_read_at"])
