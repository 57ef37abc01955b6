"""What the core does by the clock. A tick may come late, twice or never: rows say what is due."""

from celery import shared_task
from django.utils import timezone

from okr.digests import plan_digests, send_digests
from okr.reminding import remind_when_due
from okr.retention import prune_daily


@shared_task
def tick() -> None:
    now = timezone.now()
    remind_when_due(now)
    plan_digests(now)
    send_digests(now)
    prune_daily(now)
