"""What the schedule has a worker do for the watch: proof that both of them and the queue work."""

from celery import shared_task
from django.utils import timezone

from config.watch.models import Heartbeat, Kind


@shared_task
def tick() -> None:
    now = timezone.now()
    Heartbeat.objects.beat(Kind.SCHEDULE, "", now)
    Heartbeat.objects.forget_gone(now)
