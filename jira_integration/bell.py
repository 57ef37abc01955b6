"""Rings for a worker to read a site."""

from datetime import datetime

from okr import bell

TASK = "jira_integration.tasks.run_waiting"


def ring(connection_id: int, at: datetime | None = None) -> None:
    """Call it after the commit: an unreachable queue is logged, and the schedule finds the run."""
    bell.ring(TASK, [connection_id], at)
