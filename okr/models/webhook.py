"""An address outside that is told what happens here, and the secret that signs what it is told."""

import secrets
from base64 import b64encode
from datetime import datetime, timedelta
from typing import Self

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q

from okr.models.notification import Notification
from okr.models.person import Person, Role
from okr.models.preference import Occasion
from okr.models.version import Versioned
from okr.sealing import seal, unseal

SECRET_BYTES = 32
LEAD = "whsec_"
BOTH_HOLD = timedelta(hours=24)
"""How long the secret of before signs beside a new one."""
TURN = timedelta(minutes=3)
"""Of the worker that delivers; whoever died in it lets the next one in after that."""
TOO_LONG = timedelta(hours=20)
"""After so long without one acceptance nothing more is sent."""
LET_GO = "The webhook was switched off before this was delivered."
STOPPED = "The webhook “{}” is switched off: it has accepted nothing since {:%-d %B %Y, %H:%M} UTC."


PING = "ping"
"""A test: told to one webhook because an admin asked for it."""


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.is_okr_admin else self.none()

    def editable_by(self, person: Person) -> Self:
        return self.visible_to(person)

    def listening(self, kind: str) -> "list[Webhook]":
        return [hook for hook in self.filter(is_on=True) if kind in hook.events]


class Webhook(Versioned):
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=2_000)
    events = models.JSONField(default=list, help_text="The kinds that it is told of.")
    tells_hidden = models.BooleanField(
        default=False, help_text="Also of objectives that not everybody here may see."
    )
    is_on = models.BooleanField(default=True)
    sealed_secret = models.TextField(blank=True)
    sealed_former = models.TextField(blank=True, help_text="The secret before a change of it.")
    former_until = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(
        null=True, blank=True, help_text="Switched off since it kept failing."
    )
    busy_until = models.DateTimeField(null=True, blank=True, help_text="A worker's turn.")
    made_at = models.DateTimeField()

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def keep(self, at: datetime) -> str:
        """Saves it. A new one answers with its secret, which is told this once.

        Raises StaleError where somebody saved since this copy was read.
        """
        with transaction.atomic():
            self.made_at = self.made_at or at
            self.full_clean()
            self.claim_version()
            if self.is_on:
                self.stopped_at = self.failing_since = None
            elif self.pk:
                self._let_go()
            if self.pk:
                self.save()
                return ""
            self.save()
            return self.renew_secret(at)

    def renew_secret(self, at: datetime) -> str:
        """The new secret, told this once; the one before signs beside it for a day."""
        told = LEAD + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
        self.sealed_former, self.sealed_secret = self.sealed_secret, seal(told, self._seal_of)
        self.former_until = at + BOTH_HOLD if self.sealed_former else None
        self.save(update_fields=["sealed_secret", "sealed_former", "former_until"])
        return told

    def secrets_at(self, at: datetime) -> list[str]:
        """What signs at a moment, newest first. Raises SealError."""
        both = self.former_until and at < self.former_until
        sealed = [self.sealed_secret, self.sealed_former if both else ""]
        return [unseal(each, self._seal_of) for each in sealed if each]

    def take_turn(self, now: datetime) -> bool:
        """Whether nobody else delivers just now."""
        free = Q(busy_until=None) | Q(busy_until__lt=now)
        return bool(Webhook.objects.filter(free, pk=self.pk).update(busy_until=now + TURN))

    def end_turn(self) -> None:
        Webhook.objects.filter(pk=self.pk).update(busy_until=None)

    def accepted(self) -> None:
        Webhook.objects.filter(pk=self.pk).exclude(failing_since=None).update(failing_since=None)

    def failed(self, at: datetime, *, for_good: bool = False) -> None:
        """Once it has accepted nothing for too long, or says itself that it is gone, it is off."""
        rows = Webhook.objects.filter(pk=self.pk, is_on=True)
        rows.filter(failing_since=None).update(failing_since=at)
        end = rows if for_good else rows.filter(failing_since__lte=at - TOO_LONG)
        with transaction.atomic():
            if end.update(is_on=False, stopped_at=at, version=F("version") + 1):
                self._let_go()
                self._tell_admins(at)

    def _let_go(self) -> None:
        """What waits is not told later, when nobody expects it any more."""
        deliveries = apps.get_model("okr", "Delivery").objects.filter(hook=self)
        deliveries.filter(state="waiting").update(state="given_up", words=LET_GO)

    def _tell_admins(self, at: datetime) -> None:
        self.refresh_from_db()
        Notification.objects.tell(
            Person.objects.active().filter(role=Role.OKR_ADMIN),
            Occasion.WEBHOOK_STOPPED,
            at=at,
            words=STOPPED.format(self, self.failing_since or at),
            key=f"webhook-{self.pk}-{at:%Y%m%d%H%M%S}",
        )

    def remove(self) -> None:
        self.delete()

    @property
    def _seal_of(self) -> list[str]:
        return ["webhook", str(self.pk)]
