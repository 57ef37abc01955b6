"""Fills the core's socket: the way to Confluence beside the buttons of a unit's pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from confluence.models import PublishedPage, Subject
from confluence.who_publishes import offers_publishing
from okr.access import person_of
from okr.models import Cycle, Unit
from okr.slots import fill


@fill("unit_cycle.actions")
def button(request: HttpRequest, subject: str, unit: Unit, cycle: Cycle) -> SafeString | None:
    if not offers_publishing(person_of(request), unit):
        return None
    row = PublishedPage.objects.about(Subject(subject), unit, cycle)
    context = {"subject": subject, "unit": unit, "cycle": cycle, "row": row}
    return render_to_string("confluence/_publish_button.html", context)
