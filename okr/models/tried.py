"""What is sent outside until it is accepted: who tries it, when again, and how it ended."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F

LEASE = timedelta(minutes=2)
"""Whoever died over it has not sent it; after this somebody else tries."""
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 360, 900))


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DELIVERED = "delivered", "Delivered"
    GIVEN_UP = "given_up", "Given up"


class Tried(models.Model):
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="The last answer's.")
    words = models.CharField(max_length=200, blank=True, help_text="Why the last try failed.")
    excerpt = models.TextField(blank=True, help_text="How the last answer begins.")
    milliseconds = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        return self.state != State.WAITING

    @property
    def is_tried_once(self) -> bool:
        """Whether it is not worth another try, as a test is not."""
        return False

    def claim(self, now: datetime) -> bool:
        """Whether it is ours to try: of two workers one gets it."""
        rows = type(self)._default_manager.filter(
            pk=self.pk, state=State.WAITING, try_at=self.try_at
        )
        if not rows.update(try_at=now + LEASE, tries=F("tries") + 1):
            return False
        self.tries += 1
        return True

    def end(self, now: datetime, *, accepted: bool, **seen: Any) -> None:
        """What became of a try; it is tried again after a longer and longer pause."""
        told: dict[str, Any] = {"state": State.DELIVERED}
        if not accepted:
            last = self.tries > len(PAUSES) or self.is_tried_once
            told = {"state": State.GIVEN_UP} if last else {"try_at": now + PAUSES[self.tries - 1]}
        rows = type(self)._default_manager.filter(pk=self.pk)
        rows.update(tried_at=now, **told, **seen)
        self.refresh_from_db()
