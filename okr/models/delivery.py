"""What happened, as it is told outside, and each telling of it: tried again until it is taken."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q

from okr.bell import ring
from okr.models.happens import Happens
from okr.models.together import BATCH
from okr.models.tried import State, Tried
from okr.models.webhook import PING, Webhook

if TYPE_CHECKING:
    from okr.models.person import Person

TASK = "okr.tasks.deliver"
WORDS = {PING: "A test", **dict(Happens.choices)}


class HappeningQuerySet(models.QuerySet["Happening"]):
    def older_than(self, moment: datetime) -> Self:
        """With their deliveries; not while one of them waits."""
        waiting = Delivery.objects.waiting().values("happening")
        return self.filter(at__lt=moment).exclude(pk__in=waiting)


class Happening(models.Model):
    """Written in the transaction of what happened; `body` is what every webhook is sent."""

    number = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)
    body = models.JSONField()

    objects = HappeningQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"

    @property
    def words(self) -> str:
        return WORDS.get(self.kind, self.kind)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, person: "Person") -> Self:
        return self if person.is_okr_admin else self.none()

    def editable_by(self, person: "Person") -> Self:
        return self.visible_to(person)

    def waiting(self) -> Self:
        return self.filter(state=State.WAITING, hook__is_on=True)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(try_at__lte=now).order_by("pk")

    def plan(self, told: "Sequence[tuple[Webhook, Happening]]", at: datetime) -> None:
        """Call it in the transaction of what happened; workers are rung for after it."""
        self.bulk_create(
            [Delivery(hook=hook, happening=happening, try_at=at) for hook, happening in told],
            batch_size=BATCH,
        )
        for hook_id in {hook.pk: None for hook, _ in told}:
            ring_after_commit(hook_id)


class Delivery(Tried):
    hook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="deliveries")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["try_at"], condition=Q(state="waiting"), name="deliveries_that_wait"
            )
        ]

    def __str__(self) -> str:
        return f"{self.happening.kind} to {self.hook}"

    @property
    def is_tried_once(self) -> bool:
        return self.happening.kind == PING

    def again(self, now: datetime) -> "Delivery":
        """The same once more, under its own number: whoever has it already can tell."""
        made = Delivery.objects.create(hook=self.hook, happening=self.happening, try_at=now)
        ring_after_commit(self.hook_id)
        return made


def ring_after_commit(hook_id: int) -> None:
    transaction.on_commit(lambda: ring(TASK, [hook_id]))


def ping(hook: Webhook, at: datetime) -> Delivery:
    """A test for one webhook, ready to be tried; nobody else tries it meanwhile."""
    happening = Happening.objects.create(kind=PING, at=at, body={"webhook": hook.name})
    return Delivery.objects.create(hook=hook, happening=happening, try_at=at)
