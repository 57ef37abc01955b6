"""What the worker and the schedule call; thin, with ids only, safe to run twice."""

from datetime import timedelta
from threading import Thread
from typing import Any

from celery import shared_task
from celery.signals import worker_shutting_down
from django.utils import timezone

from jira_integration import sync
from jira_integration.alarm import tell_of_failing
from jira_integration.bell import ring
from jira_integration.expiring import tell_of_ends
from jira_integration.into_jira import outbox
from jira_integration.models import IntegrationSettings, SyncRun
from jira_integration.sync import leases

KEPT_UNEVENTFUL = timedelta(hours=1)
GIVES_BACK_WITHIN = 3.0  # seconds


@shared_task
def tick() -> None:
    """Asks for the readings that are due and rings for whatever waits without a worker."""
    now = timezone.now()
    if IntegrationSettings.load().enabled:
        SyncRun.objects.ask_due(now)
        SyncRun.objects.ask_marked(now)
    outbox.tick(now)
    waiting = SyncRun.objects.unserved(now).values_list("connection_id", flat=True)
    for connection_id in waiting.distinct().order_by("connection_id"):
        ring(connection_id)
    tell_of_failing(now)
    tell_of_ends(now)
    SyncRun.objects.uneventful(now - KEPT_UNEVENTFUL).delete()


@shared_task
def run_waiting(connection_id: int) -> None:
    sync.run_waiting(connection_id)


@worker_shutting_down.connect
def stop_softly(**_facts: Any) -> None:
    """A reading may hang on Jira for longer than a stop may take. In a thread of its own: this is
    called inside a signal handler, which must not touch a database connection in use."""
    giving_back = Thread(target=leases.give_back, daemon=True)
    giving_back.start()
    giving_back.join(GIVES_BACK_WITHIN)
