"""What a restored database must not believe: that somebody is reading, and, if told so, secrets."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from atlassian.client import SealError
from atlassian_accounts.models import AccountsRead, OrganizationConnection, Removal, State
from okr.slots import fill


@fill("database.restored")
def settle(now: datetime, *, without_secrets: bool) -> None:
    """Every organization is read as soon as there is a worker."""
    with transaction.atomic():
        AccountsRead.objects.filter(state=State.RUNNING).put_back()
        OrganizationConnection.objects.update(
            lease_number=F("lease_number") + 1, leased_until=None, next_read_at=None
        )
        Removal.objects.restored(now)
        if without_secrets:
            _drop_secrets(now)


def _drop_secrets(now: datetime) -> None:
    """Admins see why nothing is read, and enter the secret again."""
    OrganizationConnection.objects.update(sealed_secret="")
    for connection in OrganizationConnection.objects.all():
        connection.failed(SealError("The secret was left out when the backup was restored."), now)
