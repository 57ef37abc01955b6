"""How reading through a connection goes: what failed last, since when, and when it is tried again.

A model of its own room stands on it, so that the columns are that room's and nothing is migrated.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from atlassian.client import AtlassianError, RateLimited, Unavailable
from atlassian.explain import Explanation, Words, facts_of

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=15)
HEALTH = [
    "suspended",
    "failure_code",
    "failure_facts",
    "failing_since",
    "failures",
    "next_read_at",
]


def to_be_read(now: datetime, tick: float) -> Q:
    """Whether the schedule, which ticks every so many seconds, reads it now.

    Ticks are never quite on time: one that comes less than half a tick early will do, or
    every reading would wait for the tick after. After a failure the moment is kept exactly.
    """
    early = now + timedelta(seconds=tick / 2)
    at_peace = Q(failure_code="", next_read_at__lt=early)
    due = Q(next_read_at=None) | Q(next_read_at__lte=now) | at_peace
    return due & Q(suspended=False)


class ConnectionHealth(models.Model):
    """Every verb but `recover` saves what it changed, and nothing else."""

    words: ClassVar[Words]

    suspended = models.BooleanField(
        default=False,
        help_text="The credentials were refused; nothing is tried until a person acts.",
    )
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="Failed reads in a row.")
    read_at = models.DateTimeField(null=True, help_text="The last complete, proven reading.")
    next_read_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def failure(self) -> Explanation | None:
        code, facts = self.failure_code, self.failure_facts
        return self.words.explain(code, facts) if code else None

    def refusal(self, now: datetime) -> Explanation | None:
        """Why nothing must be asked now: we were refused, or told to wait."""
        waits = self.failure_code == RateLimited.code and self.next_read_at
        return self.failure if self.suspended or (waits and waits > now) else None

    def succeeded(self, at: datetime, next_read_at: datetime, *, complete: bool) -> None:
        """Notes a proven read; a complete one makes all that is read through it fresh."""
        self.recover()
        if complete:
            self.read_at, self.next_read_at = at, next_read_at
        self.save(update_fields=[*HEALTH, "read_at"])

    def failed(self, error: AtlassianError, at: datetime) -> None:
        """Notes a failed read and when to try again; what was read before stays."""
        self.failure_code, self.failure_facts = error.code, facts_of(error)
        self.failing_since = self.failing_since or at
        self.suspended = self.suspended or error.stops_connection
        self.failures += 1
        self.next_read_at = self._wait(error, at)
        self.save(update_fields=HEALTH)

    def recover(self) -> None:
        self.suspended, self.failure_code, self.failure_facts = False, "", {}
        self.failing_since, self.failures = None, 0

    def _wait(self, error: AtlassianError, at: datetime) -> datetime:
        told = error.until if isinstance(error, RateLimited | Unavailable) else None
        return told or at + min(FIRST_WAIT * 2 ** min(self.failures - 1, 10), LONGEST_WAIT)
