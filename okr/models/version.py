"""Refuses the second save of what two people edited at the same time."""

from typing import Any

from django.db import models
from django.db.models import F


class StaleError(Exception):
    """Somebody saved since this copy was read; `stored` is what stands there now, if anything."""

    def __init__(self, stored: Any) -> None:
        super().__init__("saved by somebody else since it was read")
        self.stored = stored


class Versioned(models.Model):
    """A noun that people edit in forms. Its `keep` calls `claim_version` before it saves."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def claim_version(self) -> None:
        """First in the transaction that saves: one of two copies gets through, and locks the row.

        Raises StaleError for the other.
        """
        if self.pk is None:
            return
        rows = type(self)._default_manager.filter(pk=self.pk)
        if not rows.filter(version=self.version).update(version=F("version") + 1):
            raise StaleError(rows.first())
        self.version += 1

    def last_saved(self) -> tuple[Any, Any] | None:
        """Who saved it last and when, where that is known."""
        return None
