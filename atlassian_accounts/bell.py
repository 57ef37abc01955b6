"""Rings for a worker to read an organization, or to do what was asked of one account."""

from datetime import datetime

from okr import bell

TASK = "atlassian_accounts.tasks.read_waiting"
CARRY_OUT = "atlassian_accounts.tasks.carry_out"


def ring(connection_id: int) -> None:
    """Call it after the commit: an unreachable queue is logged, and the schedule finds the row."""
    bell.ring(TASK, [connection_id], None)


def ring_for_removal(removal_id: int, at: datetime | None = None) -> None:
    bell.ring(CARRY_OUT, [removal_id], at)
