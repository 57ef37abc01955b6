"""What the worker and the schedule call; thin, with ids only, safe to run twice."""

from threading import Thread
from typing import Any

from celery import shared_task
from celery.signals import worker_shutting_down
from django.utils import timezone

from atlassian_accounts import reading
from atlassian_accounts.alarm import tell_of_failing
from atlassian_accounts.bell import ring, ring_for_removal
from atlassian_accounts.models import AccountsRead, AccountsSettings, Removal
from atlassian_accounts.reading import leases
from atlassian_accounts.removal import carrying

GIVES_BACK_WITHIN = 3.0  # seconds
A_TICK = 500


@shared_task
def tick() -> None:
    """Asks for the readings that are due and rings for whatever waits without a worker."""
    now = timezone.now()
    for pk in Removal.objects.unserved(now).order_by("pk").values_list("pk", flat=True)[:A_TICK]:
        ring_for_removal(pk)
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


@shared_task
def carry_out(removal_id: int) -> None:
    carrying.carry_out(removal_id)


@worker_shutting_down.connect
def stop_softly(**_facts: Any) -> None:
    """In a thread of its own: this is called inside a signal handler, which must not touch a
    database connection in use."""
    giving_back = Thread(target=leases.give_back, daemon=True)
    giving_back.start()
    giving_back.join(GIVES_BACK_WITHIN)
