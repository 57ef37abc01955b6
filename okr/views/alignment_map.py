"""The alignment of the company as a picture."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr.access import person_of
from okr.http import render_part
from okr.models import Confidence, Cycle
from okr.pages.alignment_map import alignment_map
from okr.pages.calendar import Calendar
from okr.pages.tagging import tags_in
from okr.pages.units import UnitTree
from okr.views.choosing import chosen_cycle, filters, near_unit, numbers


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    cycle = chosen_cycle(request, today)
    if cycle is None:
        return render_part(request, "okr/no_cycle.html", "okr/no_cycle.html", {"title": "Map"})
    calendar, narrowed = Calendar(cycle, today), filters(request)
    context = {
        "title": "Alignment map",
        "calendar": calendar,
        "cycle": cycle,
        "cycles": Cycle.objects.newest_first(),
        "view": "map",
        "filters": narrowed,
        "confidences": [*Confidence.choices, ("none", "No status")],
        "tags": tags_in(person_of(request), cycle),
        "units": UnitTree().choices(near_unit(request)),
        "map": alignment_map(person_of(request), calendar, narrowed, numbers(request, "open")),
    }
    return render_part(request, "okr/map.html", "okr/_map.html", context)
