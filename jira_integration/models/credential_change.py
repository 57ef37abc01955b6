"""Who gave a site which credentials, and when they took over; never a secret."""

from datetime import date, datetime
from typing import Protocol

from django.db import models

from atlassian.connection import Secret
from jira_integration.models.connection import JiraConnection
from okr.models import Person


class Cause(models.TextChoices):
    CONNECTED = "connected", "Connected"
    PREPARED = "prepared", "Put in place as successor"
    REFUSED = "refused", "Took over when Jira refused the one before"
    DUE = "due", "Took over on the chosen day"
    BY_HAND = "by_hand", "Took over by hand"
    TAKEN_AWAY = "taken_away", "Taken away before it was used"


class Credentialed(Protocol):
    """What has credentials: a site, or a successor of one."""

    email: str
    secret: str
    account_id: str
    account_name: str

    @property
    def ends_on(self) -> date | None: ...


class CredentialChangeQuerySet(models.QuerySet["CredentialChange"]):
    def note(
        self,
        connection: JiraConnection,
        credentials: Credentialed,
        cause: Cause,
        at: datetime,
        *,
        by: Person | None = None,
        before: str = "",
    ) -> None:
        """Call it before the site has the new ones: whom it was read as is told where it differs.

        `before` is that account's name where the site has them already.
        """
        other = credentials.account_id != connection.account_id
        self.create(
            connection=connection,
            cause=cause,
            at=at,
            by=by,
            email=credentials.email,
            secret=credentials.secret,
            account_name=credentials.account_name,
            before=before or (connection.account_name if other else ""),
            ends_on=credentials.ends_on,
        )


class CredentialChange(models.Model):
    """`before` is the account that was read as before, where it was another one."""

    connection = models.ForeignKey(
        JiraConnection, on_delete=models.CASCADE, related_name="credential_changes"
    )
    cause = models.CharField(max_length=12, choices=Cause)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    email = models.CharField(max_length=254)
    secret = models.CharField(max_length=12, choices=Secret)
    account_name = models.CharField(max_length=255)
    before = models.CharField(max_length=255, blank=True)
    ends_on = models.DateField(null=True)

    objects = CredentialChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}: {self.account_name}"
