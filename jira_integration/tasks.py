"""What the worker and the schedule call; thin, with ids only, safe to run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from jira_integration import sync
from jira_integration.bell import ring
from jira_integration.models import IntegrationSettings, SyncRun

KEPT_UNEVENTFUL = timedelta(hours=1)


@shared_task
def tick() -> None:
    """Asks for the readings that are due and rings for whatever waits without a worker."""
    now = timezone.now()
    if IntegrationSettings.load().enabled:
        SyncRun.objects.ask_due(now)
    waiting = SyncRun.objects.unserved(now).values_list("connection_id", flat=True)
    for connection_id in waiting.distinct().order_by("connection_id"):
        ring(connection_id)
    SyncRun.objects.uneventful(now - KEPT_UNEVENTFUL).delete()


@shared_task
def run_waiting(connection_id: int) -> None:
    sync.run_waiting(connection_id)
