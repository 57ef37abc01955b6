"""Rings for a worker to read an organization."""

from okr import bell

TASK = "atlassian_accounts.tasks.read_waiting"


def ring(connection_id: int) -> None:
    """Call it after the commit: an unreachable queue is logged, and the schedule finds the row."""
    bell.ring(TASK, [connection_id], None)
