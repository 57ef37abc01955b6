"""The address at which Jira may tell us what changed, and when to read because of it."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from atlassian.sealing import unseal
from jira_integration.explain import Explanation, explain
from jira_integration.models.connection import JiraConnection
from okr.sealing import seal

SEARCH_LAG = timedelta(seconds=60)
BREATH, LONG_BREATH = timedelta(seconds=0.5), timedelta(seconds=10)
BREATH_OF_AN_ISSUE = timedelta(milliseconds=8)
"""Below 125 changed issues a second the breath stays short; above, it grows each time."""
SEARCHES_APART = timedelta(seconds=10)
AT_THE_DOOR = (
    "digest",
    "sealed_secret",
    "signs",
    "first_event_at",
    "breathes_until",
    "connection__server",
    "connection__suspended",
    "connection__failure_code",
)


class WebhookReceiverQuerySet(models.QuerySet["WebhookReceiver"]):
    def open_for(self, connection: JiraConnection) -> "WebhookReceiver":
        """A new address with a new secret; the one before answers nobody any more."""
        token, secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        with transaction.atomic():
            self.filter(connection=connection).delete()
            return self.create(
                connection=connection,
                digest=digest_of(token),
                sealed_token=seal(token, ["webhook address", connection.server]),
                sealed_secret=seal(secret, ["webhook secret", connection.server]),
            )

    def of(self, connection: JiraConnection | None) -> "WebhookReceiver | None":
        return self.filter(connection=connection).first() if connection else None

    def at(self, tokens: Collection[str]) -> Self:
        """Those at these ends of an address, with as much of their site as the door needs."""
        rows = self.filter(digest__in=[digest_of(token) for token in tokens])
        return rows.select_related("connection").only(*AT_THE_DOOR)

    def search_due(self, now: datetime) -> Self:
        """Those whose searches were run before Jira's search could know of what had changed."""
        return self.filter(search_due_at__lte=now)


class WebhookReceiver(models.Model):
    """`breathes_until` keeps readings apart while events pour in."""

    connection = models.OneToOneField(
        JiraConnection, on_delete=models.CASCADE, related_name="receiver"
    )
    digest = models.CharField(max_length=64, unique=True, help_text="Of the end of its address.")
    sealed_token = models.TextField(editable=False)
    sealed_secret = models.TextField(editable=False)
    opened_at = models.DateTimeField(default=timezone.now)
    signs = models.BooleanField(
        default=True,
        help_text="Jira signs what it sends here; else only the address itself is a secret.",
    )
    number_in_jira = models.CharField(
        max_length=40, blank=True, help_text="Empty where a person entered the webhook in Jira."
    )
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)
    first_event_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True, help_text="A signature that did not fit.")
    breathes_until = models.DateTimeField(null=True)
    searched_at = models.DateTimeField(null=True)
    search_due_at = models.DateTimeField(null=True)

    objects = WebhookReceiverQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Webhook of {self.connection}"

    @property
    def url(self) -> str:
        """Raises SealError where it was made for another site or under a key that is gone."""
        token = unseal(self.sealed_token, ["webhook address", self.connection.server])
        return settings.PUBLIC_ADDRESS + reverse("jira:webhook", args=[token])

    @cached_property
    def secret(self) -> str:
        return unseal(self.sealed_secret, ["webhook secret", self.connection.server])

    @property
    def failure(self) -> Explanation | None:
        return explain(self.failure_code, self.failure_facts) if self.failure_code else None

    @property
    def last_event_at(self) -> datetime | None:
        last: datetime | None = self.deliveries.aggregate(last=models.Max("received_at"))["last"]
        return last

    def heard(self, at: datetime) -> None:
        """Notes the first event, which proves that Jira calls."""
        if self.first_event_at is None:
            mine = WebhookReceiver.objects.filter(pk=self.pk, first_event_at=None)
            mine.update(first_event_at=at)

    def refuse(self, at: datetime) -> None:
        """Notes that somebody who knows the address could not prove to be Jira."""
        self.refused_at = at
        WebhookReceiver.objects.filter(pk=self.pk).update(refused_at=at)

    def may_search(self, now: datetime) -> bool:
        """Whether the searches may run again; asked too soon, they are put off."""
        return self.searched_at is None or self.searched_at + SEARCHES_APART <= now

    def breathe(self, issues: int, now: datetime) -> datetime:
        """Keeps the next reading away: the more there was to read, the longer."""
        pause = min(max(BREATH, issues * BREATH_OF_AN_ISSUE), LONG_BREATH)
        WebhookReceiver.objects.filter(pk=self.pk).update(breathes_until=now + pause)
        return now + pause

    def searched(self, at: datetime) -> None:
        """What was due by then is done; what became due meanwhile stays."""
        mine = WebhookReceiver.objects.filter(pk=self.pk)
        mine.update(searched_at=at)
        mine.filter(search_due_at__lte=at).update(search_due_at=None)

    def search_by(self, at: datetime) -> None:
        """Jira's search lags behind its issues: it is asked once more by then."""
        mine = WebhookReceiver.objects.filter(pk=self.pk)
        mine.filter(Q(search_due_at=None) | Q(search_due_at__gt=at)).update(search_due_at=at)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@lru_cache(maxsize=1)
def decoy() -> str:
    """A sealed secret of nobody: an unknown address costs the work of a known one."""
    return seal(secrets.token_urlsafe(32), ["webhook secret", ""])
