"""Credentials that wait, tried and sealed, to take over when those in use come to their end."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Q

from atlassian.connection import Secret
from atlassian.sealing import unseal
from jira_integration.client import Kind
from jira_integration.models.connection import JiraConnection
from jira_integration.models.credential_change import Cause, CredentialChange
from okr.models import Person
from okr.sealing import seal

if TYPE_CHECKING:
    from jira_integration.connecting import Examination


class SuccessorQuerySet(models.QuerySet["Successor"]):
    def put(
        self,
        connection: JiraConnection,
        examined: "Examination",
        token: str,
        *,
        ends_on: date | None = None,
        takes_over_on: date | None = None,
        by: Person,
        at: datetime,
    ) -> "Successor":
        """In place of one that waits already. Jira has just accepted it for this very site."""
        with transaction.atomic():
            self.filter(connection=connection).delete()
            made = self.create(
                connection=connection,
                email=examined.email,
                secret=examined.kind.value,
                api_base=examined.api_base,
                cloud_id=examined.cloud_id,
                account_id=examined.account.id,
                account_name=examined.account.name,
                sealed_token=seal(token, [connection.server, examined.api_base]),
                ends_on=ends_on,
                takes_over_on=takes_over_on,
                put_by=by,
                put_at=at,
            )
            CredentialChange.objects.note(connection, made, Cause.PREPARED, at, by=by)
        return made

    def of(self, connection: JiraConnection | None) -> "Successor | None":
        return self.filter(connection=connection).first() if connection else None

    def due(self, today: date) -> Self:
        return self.filter(takes_over_on__lte=today)


class Successor(models.Model):
    """It opens for the address of its site alone, as the token that it follows."""

    connection = models.OneToOneField(
        JiraConnection, on_delete=models.CASCADE, related_name="successor"
    )
    email = models.CharField(max_length=254)
    secret = models.CharField(max_length=12, choices=Secret)
    api_base = models.URLField(max_length=300)
    cloud_id = models.CharField(max_length=64, blank=True)
    account_id = models.CharField(max_length=128)
    account_name = models.CharField(max_length=255)
    sealed_token = models.TextField(editable=False)
    ends_on = models.DateField(null=True)
    takes_over_on = models.DateField(
        null=True, help_text="Empty: when Jira refuses the credentials in use."
    )
    put_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    put_at = models.DateTimeField()

    objects = SuccessorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(account_id="") & ~Q(sealed_token=""), name="a_successor_was_tried"
            )
        ]

    def __str__(self) -> str:
        return f"Successor of {self.connection}"

    @property
    def kind(self) -> Kind:
        return Kind(self.secret)

    @property
    def is_another_account(self) -> bool:
        return self.account_id != self.connection.account_id

    def token(self) -> str:
        """Raises SealError where it belongs to another address."""
        return unseal(self.sealed_token, [self.connection.server, self.api_base])

    def take_over(
        self, cause: Cause, at: datetime, *, by: Person | None = None, lease_number: int = 0
    ) -> bool:
        """Its credentials become those of the site; False where somebody was faster.

        A run does it under its lease and goes on. Whoever else does it ends the lease of a run
        under way: its verdict would be about the past.
        """
        with transaction.atomic():
            mine = JiraConnection.objects.select_for_update().filter(pk=self.connection_id)
            held = mine.filter(lease_number=lease_number) if lease_number else mine
            connection = held.first()
            claimed = connection and Successor.objects.filter(pk=self.pk).delete()[0] == 1
            if connection is None or not claimed:
                return False
            CredentialChange.objects.note(connection, self, cause, at, by=by)
            self._hand_over(connection)
            if not lease_number:
                connection.end_lease()
                connection.next_read_at = None
            connection.save()
        return True

    def _hand_over(self, connection: JiraConnection) -> None:
        connection.email, connection.secret = self.email, self.secret
        connection.api_base, connection.cloud_id = self.api_base, self.cloud_id
        connection.account_id, connection.account_name = self.account_id, self.account_name
        connection.sealed_token, connection.token_saved_at = self.sealed_token, self.put_at
        connection.token_expires_on = self.ends_on
        connection.token_end_told = self.ends_on is not None
        connection.recover()

    def take_away(self, by: Person, at: datetime) -> None:
        with transaction.atomic():
            if Successor.objects.filter(pk=self.pk).delete()[0]:
                CredentialChange.objects.note(self.connection, self, Cause.TAKEN_AWAY, at, by=by)
