"""One named Jira site: where it is, as whom we read it, the sealed token and its health."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower

from jira_integration.client import (
    Credentials,
    JiraClient,
    JiraError,
    Kind,
    Patience,
    RateLimited,
    SiteAddress,
    Unavailable,
    driver_for,
)
from jira_integration.connecting import Examination, policy_from_settings
from jira_integration.explain import Explanation, explain, facts_of
from jira_integration.models.connections import JiraConnectionQuerySet
from jira_integration.sealing import unseal
from okr.sealing import seal

KNOWN_BY = 100
HEALTH = [
    "suspended",
    "failure_code",
    "failure_facts",
    "failing_since",
    "failures",
    "next_read_at",
]
LISTED_EVERY = timedelta(days=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=15)


class Hosting(models.TextChoices):
    CLOUD = "cloud", "Cloud"
    DATA_CENTER = "data_center", "Data Center"


class Secret(models.TextChoices):
    API_TOKEN = Kind.API_TOKEN.value, "API token"
    PASSWORD = Kind.PASSWORD.value, "Password"
    ACCESS_TOKEN = Kind.ACCESS_TOKEN.value, "Personal access token"


class JiraConnection(models.Model):
    name = models.CharField(max_length=80, unique=True, default="Jira")
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
    left_out = models.JSONField(
        default=list, blank=True, help_text="The resolutions whose issues count neither way, by id."
    )
    suspended = models.BooleanField(
        default=False,
        help_text="Jira refused the credentials; nothing is tried until a person acts.",
    )
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="Failed reads in a row.")
    read_at = models.DateTimeField(null=True, help_text="The last complete, proven reading.")
    next_read_at = models.DateTimeField(null=True)
    only_chosen = models.BooleanField(
        default=False, help_text="Whether only issues of the chosen projects count."
    )
    as_person = models.BooleanField(
        default=False, help_text="Whether a person links only what they may browse in Jira."
    )
    people_read_at = models.DateTimeField(
        null=True, help_text="When Jira last told the e-mail addresses of its accounts."
    )
    fields_listed_at = models.DateTimeField(null=True)
    lease_number = models.PositiveBigIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)

    objects = JiraConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="a_site_has_a_name_of_its_own"),
            models.UniqueConstraint(fields=["server"], name="a_site_is_connected_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.host})"

    @property
    def host(self) -> str:
        return self.server.split("://", 1)[-1]

    @property
    def failure(self) -> Explanation | None:
        return explain(self.failure_code, self.failure_facts) if self.failure_code else None

    def refusal(self, now: datetime) -> Explanation | None:
        """Why Jira must not be asked now: it refused us, or told us to wait."""
        waits = self.failure_code == RateLimited.code and self.next_read_at
        return self.failure if self.suspended or (waits and waits > now) else None

    def fields_are_due(self, now: datetime) -> bool:
        """Whether the list of its fields is missing or a day old."""
        return self.fields_listed_at is None or self.fields_listed_at <= now - LISTED_EVERY

    def linked_keys(self) -> dict[int, str]:
        """Keys by Jira's number of some issues that are linked and were readable last."""
        counted_or_linked = Q(linked__isnull=False) | Q(pk__in=self.links.values("issue"))
        linked = self.issues.filter(counted_or_linked, unreadable_since=None)
        return dict(linked.values_list("jira_id", "key").distinct()[:KNOWN_BY])

    def issue_url(self, key: str) -> str:
        return f"{self.server}/browse/{key}"

    def search_url(self, jql: str) -> str:
        return f"{self.server}/issues/?{urlencode({'jql': jql})}"

    def token(self) -> str:
        """Opens the token for this very address. Raises SealError for any other."""
        return unseal(self.sealed_token, self._origin())

    def credentials(self) -> Credentials:
        """Raises SealError where the token belongs to another address."""
        return Credentials(self.email, self.token(), Kind(self.secret))

    @property
    def site(self) -> SiteAddress:
        return SiteAddress.from_url(self.server)

    def projects_that_count(self) -> frozenset[int] | None:
        """Their ids; None where all that the account sees may be linked."""
        return self.chosen_projects.ids() if self.only_chosen else None

    def client(
        self, seconds: float | None = None, *, bounded: bool = True, seen_by: str = ""
    ) -> JiraClient:
        """`seconds` is how long an answer may take; fewer where a person waits for it.

        Unbounded, it reads what lies outside the chosen projects too: for admins, who choose them.
        `seen_by` is the account of a person who is to see no more than in Jira itself.
        """
        patience = Patience(total=seconds or settings.JIRA_ANSWER_SECONDS)
        policy, credentials = policy_from_settings(), self.credentials()
        driver = driver_for(cloud=self.hosting == Hosting.CLOUD)
        projects = self.projects_that_count() if bounded else None
        return driver(
            self.site,
            credentials,
            policy,
            self.api_base,
            patience=patience,
            projects=projects,
            seen_by=seen_by,
        )

    @property
    def is_scoped(self) -> bool:
        """Whether the token has scopes of its own: then only the gateway takes it."""
        return self.hosting == Hosting.CLOUD and self.api_base != self.server

    def leave_out(self, resolutions: Iterable[str]) -> None:
        """From now on Done issues with these resolutions, by id, count neither way."""
        self.left_out = sorted(set(resolutions))
        self.save(update_fields=["left_out"])

    def rename(self, name: str) -> None:
        self.name = name
        self.save(update_fields=["name"])

    def accept(
        self, examined: Examination, token: str, expires_on: date | None, at: datetime
    ) -> None:
        """Takes over an address and credentials that Jira has just accepted.

        A run that is under way with the old ones loses its lease: its verdict is about the past.
        """
        self.server, self.api_base = examined.site.url, examined.api_base
        self.hosting = Hosting.CLOUD if examined.is_cloud else Hosting.DATA_CENTER
        self.secret = examined.kind.value
        self.cloud_id, self.email = examined.cloud_id, examined.email
        self.account_id, self.account_name = examined.account.id, examined.account.name
        self.sealed_token = seal(token, self._origin())
        same_token, self.token_saved_at = self.token_saved_at == at, at
        self.token_expires_on = expires_on
        self.token_end_told = expires_on is not None or (same_token and self.token_end_told)
        self.next_read_at = self.fields_listed_at = None
        self.recover()
        with transaction.atomic():
            self.end_lease()
            self.save()

    def end_told(self, ends_on: date | None) -> None:
        """What a person knows of the end of the token in use; None: it does not end."""
        self.token_expires_on, self.token_end_told = ends_on, True
        self.save(update_fields=["token_expires_on", "token_end_told"])

    @property
    def kind(self) -> Kind:
        return Kind(self.secret)

    @property
    def end_unknown(self) -> bool:
        """Whether somebody has to be asked: Jira never tells, and a password has no end."""
        return self.kind != Kind.PASSWORD and not self.token_end_told

    @property
    def ends_on(self) -> date | None:
        return self.token_expires_on

    def succeeded(self, at: datetime, next_read_at: datetime, *, complete: bool) -> None:
        """Notes a proven read; a complete one makes every number of this site fresh."""
        self.recover()
        if complete:
            self.read_at, self.next_read_at = at, next_read_at
        self.save(update_fields=[*HEALTH, "read_at"])

    def failed(self, error: JiraError, at: datetime) -> None:
        """Notes a failed read and when to try again; no number moves."""
        self.failure_code, self.failure_facts = error.code, facts_of(error)
        self.failing_since = self.failing_since or at
        self.suspended = self.suspended or error.stops_connection
        self.failures += 1
        self.next_read_at = self._wait(error, at)
        self.save(update_fields=HEALTH)

    def _wait(self, error: JiraError, at: datetime) -> datetime:
        told = error.until if isinstance(error, RateLimited | Unavailable) else None
        return told or at + min(FIRST_WAIT * 2 ** min(self.failures - 1, 10), LONGEST_WAIT)

    def end_lease(self) -> None:
        """A reading that is under way records nothing any more."""
        mine = JiraConnection.objects.filter(pk=self.pk)
        if mine.update(lease_number=F("lease_number") + 1, leased_until=None):
            self.refresh_from_db(fields=["lease_number", "leased_until"])

    def recover(self) -> None:
        self.suspended, self.failure_code, self.failure_facts = False, "", {}
        self.failing_since, self.failures = None, 0

    def _origin(self) -> list[str]:
        return [self.server, self.api_base]
