"""The one e-mail a day that tells a person what waits for them; a row so that it is sent once."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import F

from okr.models.notification import Notification
from okr.models.person import Person

PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
BATCH = 500


class DigestState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    GIVEN_UP = "given_up", "Given up"


class DigestQuerySet(models.QuerySet["Digest"]):
    def plan(self, people: Iterable[int], day: date, at: datetime) -> None:
        """One for each person and day, however often it is asked for."""
        rows = [Digest(person_id=pk, day=day, try_at=at) for pk in people]
        self.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)

    def waiting(self, now: datetime) -> Self:
        return self.filter(state=DigestState.WAITING, try_at__lte=now).order_by("try_at", "pk")

    def older_than(self, moment: datetime) -> Self:
        return self.filter(day__lt=moment.date()).exclude(state=DigestState.WAITING)


class Digest(models.Model):
    """While it is being sent it belongs to whoever claimed it, even if they died over it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField(help_text="In the person's time zone.")
    state = models.CharField(max_length=8, choices=DigestState, default=DigestState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day"),
        ]
        indexes = [models.Index(fields=["state", "try_at"])]

    def __str__(self) -> str:
        return f"{self.person} on {self.day}"

    def claim(self, notifications: Iterable[Notification], now: datetime) -> bool:
        """Whether it is ours to send; from now on what is in it counts as mailed.

        Not where somebody else claimed it, or has mailed a part of that meanwhile.
        """
        ids = [notification.pk for notification in notifications]
        mine = Digest.objects.filter(pk=self.pk, state=DigestState.WAITING, tries=self.tries)
        with transaction.atomic():
            claimed = mine.update(state=DigestState.SENDING, tries=F("tries") + 1, claimed_at=now)
            unmailed = Notification.objects.filter(pk__in=ids, mailed_at=None)
            whole = claimed and unmailed.update(mailed_at=now) == len(ids)
            if not whole:
                transaction.set_rollback(True)
        self.refresh_from_db(fields=["state", "tries", "claimed_at"])
        return bool(whole)

    def sent(self) -> None:
        self._end(DigestState.SENT)

    def failed(self, now: datetime) -> None:
        """Nothing was sent: tried again after a pause, given up in the end."""
        with transaction.atomic():
            mailed = Notification.objects.filter(person=self.person, mailed_at=self.claimed_at)
            mailed.update(mailed_at=None)
            if self.tries > len(PAUSES):
                self._end(DigestState.GIVEN_UP)
            else:
                self.try_at = now + PAUSES[self.tries - 1]
                self._end(DigestState.WAITING)

    def _end(self, state: DigestState) -> None:
        self.state = state
        self.save(update_fields=["state", "try_at"])
