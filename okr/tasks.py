"""What the core does by the clock. A tick may come late, twice or never: rows say what is due."""

from celery import shared_task
from django.utils import timezone

from okr.chat.planning import plan_chat
from okr.chat.sending import ring_for_chat, say_due
from okr.digests import plan_digests, send_digests
from okr.forgotten import send_asked_links
from okr.reminding import remind_when_due
from okr.retention import prune_daily
from okr.webhooks.sending import deliver_due, ring_for_due


@shared_task
def tick() -> None:
    now = timezone.now()
    send_asked_links(now)
    remind_when_due(now)
    plan_digests(now)
    send_digests(now)
    ring_for_due(now)
    plan_chat(now)
    ring_for_chat(now)
    prune_daily(now)


@shared_task
def deliver(hook_id: int) -> None:
    deliver_due(hook_id, timezone.now)


@shared_task
def say(room_id: int) -> None:
    say_due(room_id, timezone.now)
