"""What the worker and the schedule call; thin, with ids only, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from confluence import reading
from confluence.alarm import tell_of_failing
from confluence.bell import ring
from confluence.expiring import tell_of_ends
from confluence.models import ConfluenceConnection, ConfluenceSettings


@shared_task
def tick() -> None:
    """Rings for the readings that are due."""
    now = timezone.now()
    if not ConfluenceSettings.load().enabled:
        return
    for connection in ConfluenceConnection.objects.due(now):
        ring(connection.pk)
    tell_of_ends(now)
    tell_of_failing(now)


@shared_task
def read_pages(connection_id: int, by_id: int = 0) -> None:
    reading.read(connection_id, by_id or None)
