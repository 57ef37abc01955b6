"""The review of a unit's cycle, made to be printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr.access import person_of
from okr.models import Cycle, Unit
from okr.pages.calendar import Calendar
from okr.pages.unit_review import unit_review


@require_safe
def review(request: HttpRequest, cycle: int, slug: str) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("lead"), slug=slug)
    calendar = Calendar(get_object_or_404(Cycle, pk=cycle), timezone.localdate())
    page = unit_review(unit, person_of(request), calendar, timezone.now())
    context = {"title": f"{unit.name}, {calendar.cycle.name}", "page": page}
    return render(request, "okr/unit_review.html", context)
