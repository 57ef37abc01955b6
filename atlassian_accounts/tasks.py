"""What the worker and the schedule call; thin, with ids only, safe to run twice."""

from threading import Thread
from typing import Any

from celery import shared_task
from celery.signals import worker_shutting_down
from django.utils import timezone

from atlassian_accounts import reading
from atlassian_accounts.alarm import tell_of_failing
from atlassian_accounts.bell import ring
from atlassian_accounts.models import AccountsRead, AccountsSettings
from atlassian_accounts.reading import leases

GIVES_BACK_WITHIN = 3.0  # seconds


@shared_task
def tick() -> None:
    """Asks for the readings that are due and rings for whatever waits without a worker."""
    now = timezone.now()
    if not AccountsSettings.load().enabled:
        return
    AccountsRead.objects.ask_due(now)
    tell_of_failing(now)
    waiting = AccountsRead.objects.unserved(now).values_list("connection_id", flat=True)
    for connection_id in waiting.distinct().order_by("connection_id"):
        ring(connection_id)


@shared_task
def read_waiting(connection_id: int) -> None:
    reading.read_waiting(connection_id)


@worker_shutting_down.connect
def stop_softly(**_facts: Any) -> None:
    """In a thread of its own: this is called inside a signal handler, which must not touch a
    database connection in use."""
    giving_back = Thread(target=leases.give_back, daemon=True)
    giving_back.start()
    giving_back.join(GIVES_BACK_WITHIN)
