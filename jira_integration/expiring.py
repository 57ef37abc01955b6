"""Warns every OKR admin of the end of a token: 30, 7 and 1 days before, and on the day."""

from datetime import date, datetime

from django.utils import timezone

from jira_integration.client import Kind
from jira_integration.models import Cause, IntegrationSettings, JiraConnection, Successor
from okr.models import Notification, Occasion, Person, Role

STAGES = (0, 1, 7, 30)
"""Days before the end; whoever looks later than one of them is warned all the same, once."""

NAMES = {
    Kind.API_TOKEN: "API token",
    Kind.ACCESS_TOKEN: "personal access token",
    Kind.PASSWORD: "password",
}
SOON = "The {secret} for {site} ends {left}, on {day}. Put a new one in place before then."
TODAY = "The {secret} for {site} ends today. Put a new one in place, or Jira is read no longer."
SUCCEEDED = {
    Cause.REFUSED: "Jira refused the {secret} for {site}. Its successor took over without a gap: "
    "put the next one in place.",
    Cause.DUE: "The successor for {site} took over, as chosen. Put the next one in place.",
}
OVER = "The {secret} for {site} was to end on {day}. Put a new one in place."


def last_of(connection: JiraConnection) -> "JiraConnection | Successor":
    """Whose end is the end: that of a successor that waits, else of what is in use."""
    try:
        return connection.successor
    except Successor.DoesNotExist:
        return connection


def tell_of_ends(now: datetime) -> None:
    """As the clock calls it, however often; nobody is told of the same day twice."""
    if not IntegrationSettings.load().enabled:
        return
    today = timezone.localdate(now)
    for connection in JiraConnection.objects.select_related("successor"):
        last = last_of(connection)
        stage = stage_of(last.ends_on, today)
        if last.ends_on is None or stage is None:
            continue
        key = f"token-ends-{connection.pk}-{last.ends_on:%Y%m%d}-{stage}"
        admins = Person.objects.active().filter(role=Role.OKR_ADMIN)
        untold = list(admins.exclude(notifications__key=key))
        if untold:
            words = warning(connection, last, today)
            Notification.objects.tell(untold, Occasion.TOKEN_ENDING, at=now, words=words, key=key)


def tell_of_succession(connection: JiraConnection, cause: Cause, now: datetime) -> None:
    words = SUCCEEDED[cause].format(secret=NAMES[connection.kind], site=connection.host)
    admins = Person.objects.active().filter(role=Role.OKR_ADMIN)
    Notification.objects.tell(admins, Occasion.TOKEN_ENDING, at=now, words=words)


def stage_of(ends_on: date | None, today: date) -> int | None:
    """The nearest of the stages that has been reached; None while there is time."""
    left = (ends_on - today).days if ends_on else None
    return next((stage for stage in STAGES if left is not None and left <= stage), None)


def warning(connection: JiraConnection, last: "JiraConnection | Successor", today: date) -> str:
    ends_on = last.ends_on
    assert ends_on  # noqa: S101  narrows the type
    left = (ends_on - today).days
    words = SOON if left > 0 else OVER if left < 0 else TODAY
    return words.format(
        secret=NAMES[last.kind],
        site=connection.host,
        left="tomorrow" if left == 1 else f"in {left} days",
        day=f"{ends_on:%-d %B %Y}",
    )
