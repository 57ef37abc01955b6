"""Rings for a worker. The database says what there is to do; a lost ring costs seconds."""

import logging
from datetime import datetime

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def ring(connection_id: int, at: datetime | None = None) -> None:
    """Call it after the commit. An unreachable queue is logged: the schedule will find the run."""
    try:
        current_app.send_task("jira_integration.tasks.run_waiting", [connection_id], eta=at)
    except (OperationalError, OSError) as error:
        logger.warning("The queue cannot be reached (%s); the schedule will catch up.", error)
