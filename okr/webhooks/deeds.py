"""What an OKR admin does with a webhook beside setting it up: a test, and a delivery once more."""

from datetime import datetime

from django.utils import timezone

from okr.allowed_calls import outgoing_policy
from okr.audit import noted
from okr.models import Delivery, Webhook
from okr.models.delivery import ping
from okr.outgoing import WayOut
from okr.webhooks.posting import PATIENCE
from okr.webhooks.sending import attempt

IS_OFF = "Switch this webhook on first: while it is off, nothing is sent."


def test_now(hook: Webhook) -> Delivery:
    """Sends a test at once, also to one that is off; it is not tried again."""
    with noted("webhooks.tested", hook, always=True):
        made = ping(hook, timezone.now())
    with WayOut(outgoing_policy(), PATIENCE) as way:
        if made.claim(timezone.now()):
            attempt(way, hook, made, timezone.now)
    return made


def repeat(delivery: Delivery, now: datetime) -> Delivery:
    with noted("webhooks.repeated", delivery.hook, always=True) as note:
        note.say(event=delivery.happening.kind)
        return delivery.again(now)
