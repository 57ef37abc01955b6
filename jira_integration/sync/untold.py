"""Changes that a complete reading found and no event had told: a sign that events are lost."""

from datetime import datetime, timedelta

from django.db.models import Max

from jira_integration.models import SyncRun, WebhookReceiver
from jira_integration.sync.found import Found

ON_ITS_WAY = timedelta(seconds=10)
CLOCKS_APART = timedelta(minutes=5)
"""How much earlier than Jira's clock says an event may have come."""
AT_A_TIME = 500


def count_untold(run: SyncRun, found: Found, now: datetime) -> int:
    """Only changes of a status category count: a comment is a change to Jira, and no event."""
    receiver = WebhookReceiver.objects.of(run.connection)
    if receiver is None or not run.reads_all:
        return 0
    moved = {
        number: changed_at
        for number in found.moved
        if (changed_at := found.issues[number].updated)
        and receiver.opened_at < changed_at < now - ON_ITS_WAY
    }
    told = _told(receiver, list(moved))
    return sum(
        number not in told or told[number] < changed_at - CLOCKS_APART
        for number, changed_at in moved.items()
    )


def _told(receiver: WebhookReceiver, numbers: list[int]) -> dict[int, datetime]:
    """When an event named the issue last."""
    told: dict[int, datetime] = {}
    for at in range(0, len(numbers), AT_A_TIME):
        rows = receiver.deliveries.filter(issue_id__in=numbers[at : at + AT_A_TIME])
        told |= dict(rows.values_list("issue_id").annotate(Max("received_at")))
    return told
