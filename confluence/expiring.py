"""Warns every OKR admin of the end of the token: 30, 7 and 1 days before, and on the day."""

from datetime import date, datetime

from django.utils import timezone

from confluence.models import ConfluenceConnection
from okr.models import Notification, Occasion, Person, Role

STAGES = (0, 1, 7, 30)
SOON = "The token for {site} ends {left}, on {day}. Enter a new one before then."
TODAY = "The token for {site} ends today. Enter a new one, or Confluence is read no longer."
OVER = "The token for {site} was to end on {day}. Enter a new one."


def tell_of_ends(now: datetime) -> None:
    """As the clock calls it, however often; nobody is told of the same day twice."""
    today = timezone.localdate(now)
    for connection in ConfluenceConnection.objects.exclude(token_expires_on=None):
        ends_on = connection.token_expires_on
        stage = stage_of(ends_on, today)
        if ends_on is None or stage is None:
            continue
        key = f"confluence-token-ends-{connection.pk}-{ends_on:%Y%m%d}-{stage}"
        admins = Person.objects.active().filter(role=Role.OKR_ADMIN)
        untold = list(admins.exclude(notifications__key=key))
        if untold:
            words = warning(connection.host, ends_on, today)
            Notification.objects.tell(untold, Occasion.TOKEN_ENDING, at=now, words=words, key=key)


def stage_of(ends_on: date | None, today: date) -> int | None:
    """The nearest of the stages that has been reached; None while there is time."""
    left = (ends_on - today).days if ends_on else None
    return next((stage for stage in STAGES if left is not None and left <= stage), None)


def warning(site: str, ends_on: date, today: date) -> str:
    left = (ends_on - today).days
    words = SOON if left > 0 else OVER if left < 0 else TODAY
    told = "tomorrow" if left == 1 else f"in {left} days"
    return words.format(site=site, left=told, day=f"{ends_on:%-d %B %Y}")
