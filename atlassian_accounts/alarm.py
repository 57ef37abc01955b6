"""Tells OKR admins, once each time, that an organization cannot be read any more."""

from datetime import datetime, timedelta

from atlassian_accounts.models import AccountsSettings, OrganizationConnection
from okr.models import Notification, Occasion, Person, Role

PATIENCE = timedelta(hours=1)
REFUSED = "Atlassian refused {label}. Its accounts are not read until it is connected again."
SILENT = "The accounts of {label} could not be read for an hour. What was read before is kept."


def tell_of_failing(now: datetime) -> None:
    """At once where a person has to act, else after an hour in which it did not mend itself."""
    if not AccountsSettings.load().enabled:
        return
    for connection in OrganizationConnection.objects.exclude(failing_since=None):
        since, words = connection.failing_since, REFUSED if connection.suspended else SILENT
        if since and (connection.suspended or since + PATIENCE < now):
            Notification.objects.tell(
                Person.objects.active().filter(role=Role.OKR_ADMIN),
                Occasion.SYNC_FAILING,
                at=now,
                words=words.format(label=connection.label),
                key=f"accounts-failing-{connection.pk}-{since:%Y%m%d%H%M%S}",
            )
