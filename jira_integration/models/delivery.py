"""What Jira told us: each event once, and which issues have to be read again because of it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain
from typing import Self

from django.db import connection as database
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from jira_integration.models.connection import JiraConnection
from jira_integration.models.webhook import WebhookReceiver

AT_A_TIME = 5_000
MOST_EVENTS = 50_000
A_DELUGE = 20_000
COLUMNS = ("receiver_id", "key", "event", "issue_id", "unread", "received_at")
STORE = "INSERT INTO {} ({}) VALUES {} ON CONFLICT DO NOTHING RETURNING issue_id"
Told = tuple[str, str, int | None]
"""The key of an event, its kind and the issue that it names."""
Marks = dict[int, list[int]]
"""The issues that changed, with the numbers of the events that told so."""


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def keep(self, receiver: WebhookReceiver, told: Sequence[Told], at: datetime) -> bool:
        """Stores events once, all of them or none; whether an issue has to be read because of it.

        By hand, since it is one statement on either database: what is new is marked as it is kept.
        """
        moment = WebhookDelivery._meta.get_field("received_at").get_db_prep_save(at, database)
        rows = [(receiver.pk, *each, each[-1] is not None, moment) for each in told]
        places = ", ".join(["(" + ", ".join(["%s"] * len(COLUMNS)) + ")"] * len(rows))
        table = WebhookDelivery._meta.db_table
        with database.cursor() as cursor:
            cursor.execute(STORE.format(table, ", ".join(COLUMNS), places), [*chain(*rows)])
            new = [issue_id for (issue_id,) in cursor.fetchall()]
        if new:
            receiver.heard(at)
        return any(issue_id is not None for issue_id in new)

    def of(self, connection_id: int) -> Self:
        return self.filter(receiver__connection=connection_id)

    def unread(self) -> Self:
        return self.filter(unread=True, issue_id__isnull=False)

    def marks(self, connection_id: int) -> Marks:
        """The oldest of them, as many issues as one reading takes."""
        rows = self.of(connection_id).unread().order_by("pk").values_list("pk", "issue_id")
        found: Marks = defaultdict(list)
        for pk, issue_id in rows[:MOST_EVENTS]:
            assert issue_id is not None  # noqa: S101  narrows the type
            if issue_id in found or len(found) < AT_A_TIME:
                found[issue_id].append(pk)
        return dict(found)

    def is_flooded(self, connection_id: int) -> bool:
        """More than anybody changes at once; where nothing is signed, no more is believed then."""
        return self.of(connection_id).unread()[A_DELUGE : A_DELUGE + 1].exists()

    def clear(self, marks: Marks) -> None:
        """What was read; an issue of which Jira told again since then has to be read again."""
        read = [*chain(*marks.values())]
        for at in range(0, len(read), 500):
            self.filter(pk__in=read[at : at + 500]).update(unread=False)


class WebhookDelivery(models.Model):
    """An event that Jira sent. One without an issue number was signed, but is of no use to us."""

    receiver = models.ForeignKey(
        WebhookReceiver, on_delete=models.CASCADE, related_name="deliveries"
    )
    key = models.CharField(max_length=200, help_text="The same on every repetition.")
    event = models.CharField(max_length=60, blank=True)
    issue_id = models.BigIntegerField(null=True)
    unread = models.BooleanField(
        default=True, db_default=True, help_text="Its issue has not been read since."
    )
    received_at = models.DateTimeField(db_index=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["receiver", "key"], name="an_event_once")]
        indexes = [
            models.Index(fields=["receiver", "received_at"]),
            models.Index(fields=["receiver", "id"], condition=Q(unread=True), name="unread_events"),
        ]

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


def unread_connections(now: datetime) -> "models.QuerySet[JiraConnection]":
    """Healthy ones with changed issues, or with searches that have to be repeated."""
    told = WebhookDelivery.objects.unread().filter(receiver__connection=OuterRef("pk"))
    due = WebhookReceiver.objects.search_due(now).filter(connection=OuterRef("pk"))
    healthy = JiraConnection.objects.filter(suspended=False, failure_code="")
    return healthy.filter(Exists(told) | Exists(due))
