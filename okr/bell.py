"""Rings for a worker. The database says what there is to do; a lost ring costs seconds."""

import logging
from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

SPARED = 5.0  # seconds after a failure in which nobody waits for the queue again
_out_of_reach: dict[str, float] = {}  # until when, by the queue's address


def ring(task: str, arguments: Sequence[int], at: datetime | None = None) -> None:
    """Call it after the commit. An unreachable queue is logged: the schedule will find the work."""
    queue = str(current_app.conf.broker_url)
    if monotonic() < _out_of_reach.get(queue, 0.0):
        return
    try:
        current_app.send_task(task, list(arguments), eta=at)
    except (OperationalError, OSError) as error:
        _out_of_reach[queue] = monotonic() + SPARED
        logger.warning("The queue cannot be reached (%s); the schedule will catch up.", error)
