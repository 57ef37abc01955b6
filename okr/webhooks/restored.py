"""What a restored database must not do: tell the outside again what it was told long ago."""

from datetime import datetime

from django.db import transaction

from okr.models import ChatMessage, ChatRoom, Delivery, Webhook
from okr.models.tried import State

LONG_AGO = "A backup was restored before this was delivered."


def settle(now: datetime, *, without_secrets: bool) -> None:
    """Without secrets nothing can be signed: an admin renews them and switches the webhooks on."""
    with transaction.atomic():
        for rows in (Delivery.objects.all(), ChatMessage.objects.all()):
            waiting = rows.filter(state=State.WAITING)
            waiting.update(state=State.GIVEN_UP, tried_at=now, words=LONG_AGO)
        if without_secrets:
            ChatRoom.objects.update(is_on=False, sealed_address="", host="")
            Webhook.objects.update(
                is_on=False, sealed_secret="", sealed_former="", former_until=None
            )
