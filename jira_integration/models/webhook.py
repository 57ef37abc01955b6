"""Where Jira may tell us what changed: the address, what arrived there, and what to read again."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from jira_integration.explain import Explanation, explain
from jira_integration.models.connection import JiraConnection
from jira_integration.sealing import seal, unseal

AT_A_TIME = 5_000
SEARCH_LAG = timedelta(seconds=60)
BREATH, LONG_BREATH = timedelta(seconds=0.5), timedelta(seconds=10)
BREATH_OF_AN_ISSUE = timedelta(milliseconds=25)
"""Below 40 changed issues a second the breath stays short; above, it grows each time."""
A_DELUGE = 20_000
SEARCHES_APART = timedelta(seconds=10)


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

    def at(self, token: str) -> "WebhookReceiver | None":
        return self.filter(digest=digest_of(token)).select_related("connection").first()

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

    @property
    def secret(self) -> str:
        return unseal(self.sealed_secret, ["webhook secret", self.connection.server])

    @property
    def failure(self) -> Explanation | None:
        return explain(self.failure_code, self.failure_facts) if self.failure_code else None

    @property
    def last_event_at(self) -> datetime | None:
        last: datetime | None = self.deliveries.aggregate(last=models.Max("received_at"))["last"]
        return last

    def keep(self, key: str, event: str, issue_id: int | None, at: datetime) -> bool:
        """Stores an event once and marks its issue; False where it was here before."""
        try:
            with transaction.atomic():
                self.deliveries.create(key=key, event=event, issue_id=issue_id, received_at=at)
                if issue_id is not None:
                    DirtyIssue.objects.mark(self.connection_id, issue_id)
        except IntegrityError:
            return False
        if self.first_event_at is None:
            WebhookReceiver.objects.filter(pk=self.pk, first_event_at=None).update(
                first_event_at=at
            )
        return True

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


class WebhookDelivery(models.Model):
    """An event that Jira sent. One without an issue number was signed, but is of no use to us."""

    receiver = models.ForeignKey(
        WebhookReceiver, on_delete=models.CASCADE, related_name="deliveries"
    )
    key = models.CharField(max_length=200, help_text="The same on every repetition.")
    event = models.CharField(max_length=60, blank=True)
    issue_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["receiver", "key"], name="an_event_once")]
        indexes = [models.Index(fields=["receiver", "received_at"])]

    def __str__(self) -> str:
        return f"{self.event} {self.issue_id or ''}"

    @classmethod
    def last_by_site(
        cls, sites: Collection[JiraConnection]
    ) -> dict[JiraConnection | None, datetime]:
        """When each site told of something last, in one query."""
        mine = cls.objects.filter(receiver__connection=OuterRef("pk")).order_by("-received_at")
        rows = JiraConnection.objects.filter(pk__in=[site.pk for site in sites])
        last = dict(rows.values_list("pk", Subquery(mine.values("received_at")[:1])))
        return {site: last[site.pk] for site in sites if last.get(site.pk)}

    @classmethod
    def older_than(cls, moment: datetime) -> "models.QuerySet[WebhookDelivery]":
        return cls.objects.filter(received_at__lt=moment)


class DirtyIssueQuerySet(models.QuerySet["DirtyIssue"]):
    def mark(self, connection_id: int, issue_id: int) -> None:
        self.bulk_create(
            [DirtyIssue(connection_id=connection_id, jira_id=issue_id)],
            update_conflicts=True,
            unique_fields=["connection", "jira_id"],
            update_fields=["mark"],
        )

    def marks(self, connection_id: int) -> dict[int, UUID]:
        """The oldest of them, as many as one reading takes."""
        rows = self.filter(connection=connection_id).order_by("pk")
        return dict(rows.values_list("jira_id", "mark")[:AT_A_TIME])

    def is_flooded(self, connection_id: int) -> bool:
        """More than anybody changes at once; where nothing is signed, no more is believed then."""
        return self.filter(connection=connection_id)[A_DELUGE : A_DELUGE + 1].exists()

    def clear(self, connection_id: int, marks: dict[int, UUID]) -> None:
        """Forgets what was read; an issue marked again since then has to be read again."""
        given = list(marks.values())
        for at in range(0, len(given), 500):
            self.filter(connection=connection_id, mark__in=given[at : at + 500]).delete()


class DirtyIssue(models.Model):
    """An issue that changed in Jira and has not been read since."""

    connection = models.ForeignKey(JiraConnection, on_delete=models.CASCADE, related_name="dirty")
    jira_id = models.BigIntegerField()
    mark = models.UUIDField(default=uuid4, help_text="A new one for each event.")

    objects = DirtyIssueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "jira_id"], name="a_dirty_issue_once")
        ]

    def __str__(self) -> str:
        return str(self.jira_id)


def unread_connections(now: datetime) -> "models.QuerySet[JiraConnection]":
    """Healthy ones with changed issues, or with searches that have to be repeated."""
    dirty = DirtyIssue.objects.filter(connection=OuterRef("pk"))
    due = WebhookReceiver.objects.search_due(now).filter(connection=OuterRef("pk"))
    healthy = JiraConnection.objects.filter(suspended=False, failure_code="")
    return healthy.filter(Exists(dirty) | Exists(due))


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@lru_cache(maxsize=1)
def decoy() -> str:
    """A sealed secret of nobody: an unknown address costs the work of a known one."""
    return seal(secrets.token_urlsafe(32), ["webhook secret", ""])
