"""Who reads a connection now: a lease with a fencing number, which runs out by itself.

A worker that dies leaves nothing locked, and one that comes back too late finds its number gone.
"""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

LEASE = timedelta(minutes=2)
M = TypeVar("M", bound="Leased")


class LeasedQuerySet(models.QuerySet[M]):
    def claim(self, pk: int, now: datetime) -> int | None:
        """Takes the lease of a connection. Answers its fencing number; None if another holds it."""
        free = self.filter(pk=pk).filter(Q(leased_until=None) | Q(leased_until__lt=now))
        if not free.update(lease_number=F("lease_number") + 1, leased_until=now + LEASE):
            return None
        number: int = self.values_list("lease_number", flat=True).get(pk=pk)
        return number

    def holding(self, pk: int, lease_number: int) -> Self:
        return self.filter(pk=pk, lease_number=lease_number)

    def renew(self, pk: int, lease_number: int, now: datetime) -> bool:
        """Keeps the lease; False where it went to another worker."""
        return self.holding(pk, lease_number).update(leased_until=now + LEASE) == 1

    def release(self, pk: int, lease_number: int) -> None:
        self.holding(pk, lease_number).update(leased_until=None)

    def withdraw(self, pk: int, lease_number: int) -> bool:
        """Ends the lease under its holder: nothing can be recorded under this number any more."""
        ended = self.holding(pk, lease_number).update(
            lease_number=F("lease_number") + 1, leased_until=None
        )
        return ended == 1


class Leased(models.Model):
    lease_number = models.PositiveBigIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def end_lease(self) -> None:
        """A reading that is under way records nothing any more."""
        mine = type(self)._base_manager.filter(pk=self.pk)
        if mine.update(lease_number=F("lease_number") + 1, leased_until=None):
            self.refresh_from_db(fields=["lease_number", "leased_until"])
