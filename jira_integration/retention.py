"""What grows in this room without being the record, and for how long it is kept."""

from django.conf import settings

from jira_integration.models import IssueRequest, SyncRun, WebhookDelivery
from okr.slots import Kept, fill


@fill("retention.kept")
def kept() -> list[Kept]:
    days = settings.KEPT_DAYS
    return [
        Kept("sync runs", days["sync_runs"], SyncRun.objects.older_than),
        Kept("events from Jira", days["jira_events"], WebhookDelivery.older_than),
        Kept("requests for Jira issues", days["jira_events"], IssueRequest.objects.older_than),
    ]
