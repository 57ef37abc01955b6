"""Tells chat what cannot be read from Jira just now: once a day for each cause."""

from datetime import datetime

from django.utils import timezone
from django.utils.text import slugify

from jira_integration.activity import UNSHOWN, troubles
from jira_integration.models import IntegrationSettings
from jira_integration.sites import Sites
from okr.slots import Failure, fill


@fill("integrations.failures")
def failures(now: datetime) -> list[Failure]:
    """Not what could not be shown in Jira: no number stands still for that."""
    if not IntegrationSettings.load().enabled:
        return []
    day = timezone.localdate(now)
    return [
        Failure(
            key=f"{slugify(trouble.cause.title)[:60]}-{day:%Y%m%d}",
            sentence=f"{trouble.cause.title}. {trouble.cause.way_out}",
            key_results=[each.pk for each in trouble.sentences],
        )
        for trouble in troubles(Sites.load())
        if trouble.cause != UNSHOWN
    ]
