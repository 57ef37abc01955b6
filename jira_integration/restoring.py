"""What a restored database must not believe: that somebody is reading, and, if told so, secrets."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from atlassian.client import SealError
from jira_integration.models import (
    JiraConnection,
    JiraWriting,
    Successor,
    SyncRun,
    WebhookReceiver,
)
from jira_integration.models.sync_run import State
from okr.slots import fill


@fill("database.restored")
def settle(now: datetime, *, without_secrets: bool) -> None:
    """Every site is read as soon as there is a worker: much may have happened since the backup."""
    with transaction.atomic():
        SyncRun.objects.filter(state=State.RUNNING).put_back()
        JiraConnection.objects.update(
            lease_number=F("lease_number") + 1, leased_until=None, next_read_at=None
        )
        JiraWriting.objects.update(is_stale=True)
        if without_secrets:
            _drop_secrets(now)


def _drop_secrets(now: datetime) -> None:
    """Admins see why nothing is read, and enter the token again."""
    Successor.objects.all().delete()
    WebhookReceiver.objects.all().delete()
    JiraConnection.objects.update(sealed_token="")
    for connection in JiraConnection.objects.all():
        connection.failed(SealError("The token was left out when the backup was restored."), now)
