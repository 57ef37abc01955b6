"""Rings for a worker to read the attached pages of a connection."""

from okr import bell

TASK = "confluence.tasks.read_pages"


def ring(connection_id: int, by_id: int = 0) -> None:
    """Call it after the commit: an unreachable queue is logged, and the schedule catches up."""
    bell.ring(TASK, [connection_id, by_id])
