"""Lets each worker say every few seconds that it lives; the database is where it says so.

In a thread of the worker's main program: a worker that is busy for minutes is alive all the same.
"""

import logging
from threading import Event, Thread
from typing import Any

from celery.signals import worker_ready, worker_shutting_down
from django.db import Error
from django.utils import timezone

from config.watch.models import Heartbeat, Kind
from config.watch.unpooled import own_connection

EVERY = 15.0  # seconds
logger = logging.getLogger(__name__)
_stopped = Event()


@worker_ready.connect
def begin(sender: Any, **_facts: Any) -> None:
    _stopped.clear()
    Thread(target=_go_on, args=[sender.hostname], name="heartbeat", daemon=True).start()


@worker_shutting_down.connect
def stop(**_facts: Any) -> None:
    _stopped.set()


def _go_on(worker: str) -> None:
    while not _stopped.is_set():
        beat(worker)
        _stopped.wait(EVERY)


def beat(worker: str) -> None:
    """A database that is away is told of and asked again."""
    try:
        with own_connection():
            Heartbeat.objects.beat(Kind.WORKER, worker, timezone.now())
    except Error as error:
        logger.warning("The heartbeat of this worker could not be stored: %s", error)
