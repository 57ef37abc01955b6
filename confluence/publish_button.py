"""Fills the core's socket: the way to Confluence beside the buttons of a unit's and the company's
pages."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from confluence.contents import has_changed
from confluence.models import PublishedPage, Subject
from confluence.views.asked import Asked
from confluence.who_publishes import offers_publishing
from okr.access import person_of
from okr.models import Cycle, Unit
from okr.slots import fill


@fill("unit_cycle.actions")
def button(
    request: HttpRequest, subject: str, unit: Unit | None, cycle: Cycle
) -> SafeString | None:
    """With the age of the page, and whether anything has changed since."""
    person, now = person_of(request), timezone.now()
    if not offers_publishing(person, unit):
        return None
    row = PublishedPage.objects.about(Subject(subject), unit, cycle)
    shown = row or PublishedPage(subject=subject, unit=unit, cycle=cycle)
    context = {
        "row": shown,
        "address": Asked(shown, []).address("publish"),
        "age": _ago(row.at, now) if row and row.at else "",
        "changed": row is not None and row.number and has_changed(row, person, now),
    }
    return render_to_string("confluence/_publish_button.html", context)


def _ago(moment: datetime, now: datetime) -> str:
    if now - moment < timedelta(minutes=1):
        return "just now"
    return f"{timesince(moment, now, depth=1)} ago"
