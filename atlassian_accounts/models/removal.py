"""One thing to be done to one account, from the asking to the proof that it was done.

The row says how far it is, so that a worker that dies leaves no doubt about what was sent: before
anything is sent it is marked as sent, and what was sent is never sent again, only looked at.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from atlassian.explain import Explanation
from atlassian.lease import LEASE, Leased, LeasedQuerySet
from atlassian_accounts.bell import ring_for_removal
from atlassian_accounts.explain import WORDS
from atlassian_accounts.models.account import Account
from atlassian_accounts.models.connection import OrganizationConnection
from okr.models import Person

TOLD_LENGTH = 300


class Verb(models.TextChoices):
    DELETE = "delete", "Delete"
    CANCEL = "cancel_deletion", "Cancel the deletion"
    SUSPEND = "suspend", "Suspend"
    RESTORE = "restore", "Restore"
    REMOVE = "remove", "Remove from the site"


class Outcome(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENT = "sent", "Outcome unknown"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Taken back"


OPEN = (Outcome.WAITING, Outcome.SENT)


class RemovalQuerySet(LeasedQuerySet["Removal"]):
    def open(self) -> Self:
        return self.filter(outcome__in=OPEN)

    def waiting(self) -> Self:
        """Those of which nothing was sent, and that no worker holds."""
        return self.filter(outcome=Outcome.WAITING).free(timezone.now())

    def free(self, now: datetime) -> Self:
        return self.filter(Q(leased_until=None) | Q(leased_until__lt=now))

    def due(self, now: datetime) -> Self:
        return self.open().filter(Q(next_at=None) | Q(next_at__lte=now))

    def unserved(self, now: datetime) -> Self:
        return self.due(now).free(now)

    def pause(self, connection_id: int, until: datetime) -> None:
        """Atlassian told all that asks for this connection to wait."""
        mine = self.filter(connection=connection_id, outcome=Outcome.WAITING)
        mine.filter(Q(next_at=None) | Q(next_at__lt=until)).update(next_at=until)

    def restored(self, now: datetime) -> None:
        """What waited when a backup was made may be done by now, or not be wanted any more: it is
        asked for anew. What was sent is looked at."""
        self.open().update(lease_number=F("lease_number") + 1, leased_until=None, next_at=None)
        waiting = self.filter(outcome=Outcome.WAITING)
        waiting.update(outcome=Outcome.CANCELLED, finished_at=now, failure_code="")

    def ask(self, accounts: Iterable[Account], verb: Verb, by: Person) -> "list[Removal]":
        """Raises IntegrityError, and writes none, where something is open for one of them."""
        together = uuid4()
        with transaction.atomic():
            rows = [self.create(**_asked(each, verb, by), together=together) for each in accounts]
        for row in rows:
            row.ring()
        return rows


def _asked(account: Account, verb: Verb, by: Person) -> dict[str, object]:
    told = f"{account} ({account.email})" if account.email else f"{account} ({account.account_id})"
    return {
        "connection": account.connection,
        "account": account,
        "verb": verb,
        "told_as": told[:TOLD_LENGTH],
        "place": account.connection.place,
        "before": account.status,
        "by": by,
        "by_name": by.name,
    }


class Removal(Leased):
    connection = models.ForeignKey(
        OrganizationConnection, on_delete=models.CASCADE, related_name="removals"
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="removals")
    verb = models.CharField(max_length=16, choices=Verb)
    together = models.UUIDField(default=uuid4, db_index=True, help_text="Asked for at once.")
    told_as = models.CharField(max_length=TOLD_LENGTH, help_text="What it was called then.")
    place = models.CharField(max_length=300, help_text="The organization or site it was meant for.")
    before = models.CharField(max_length=16, help_text="Its status when this was asked for.")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(null=True, help_text="Not before then; at once where empty.")
    starts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    looks = models.PositiveSmallIntegerField(
        default=0, help_text="How often the account was read to see what became of it."
    )
    finished_at = models.DateTimeField(null=True)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(outcome__in=["waiting", "sent"]),
                name="one_thing_at_a_time_per_account",
            )
        ]
        indexes = [models.Index(fields=["outcome", "next_at"])]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.told_as}"

    @property
    def failure(self) -> Explanation | None:
        return WORDS.explain(self.failure_code, self.failure_facts) if self.failure_code else None

    @property
    def is_open(self) -> bool:
        return self.outcome in OPEN

    @property
    def is_held(self) -> bool:
        """Whether a worker is at it just now."""
        return self.leased_until is not None and self.leased_until > timezone.now()

    def ring(self) -> None:
        number, at = self.pk, self.next_at
        transaction.on_commit(lambda: ring_for_removal(number, at))

    def hold(self, lease_number: int, now: datetime, **columns: object) -> bool:
        """Writes under the lease, and keeps it; False where it went to another worker."""
        held = Removal.objects.holding(self.pk, lease_number).filter(outcome=self.outcome)
        columns["leased_until"] = now + LEASE
        if held.update(**columns) != 1:
            return False
        for name, value in columns.items():
            setattr(self, name, value)
        return True

    def cancel(self) -> bool:
        """Only what nothing was sent of; False where it is too late for that."""
        waiting = Removal.objects.waiting().filter(pk=self.pk)
        cancelled = waiting.update(
            outcome=Outcome.CANCELLED,
            finished_at=timezone.now(),
            lease_number=F("lease_number") + 1,
        )
        return cancelled == 1

    def look_now(self) -> bool:
        """Does not wait for the next look at what became of it; False where nothing is unknown."""
        unknown = Removal.objects.filter(pk=self.pk, outcome=Outcome.SENT)
        if not unknown.free(timezone.now()).update(next_at=None):
            return False
        self.next_at = None
        self.ring()
        return True
