"""What a restored database must not believe: that somebody is reading, and, if told so, secrets."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from atlassian.client import SealError
from confluence.models import ConfluenceConnection
from okr.slots import fill


@fill("database.restored")
def settle(now: datetime, *, without_secrets: bool) -> None:
    """Attached pages are read as soon as there is a worker: much may have happened since."""
    with transaction.atomic():
        ConfluenceConnection.objects.update(
            lease_number=F("lease_number") + 1, leased_until=None, next_read_at=None
        )
        if without_secrets:
            _drop_secrets(now)


def _drop_secrets(now: datetime) -> None:
    """Admins see why nothing is read, and enter the token again."""
    ConfluenceConnection.objects.update(sealed_token="")
    for connection in ConfluenceConnection.objects.all():
        connection.failed(SealError("The token was left out when the backup was restored."), now)
