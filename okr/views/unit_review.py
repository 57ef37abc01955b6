"""The review of a unit's cycle, made to be printed."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr import exports
from okr.access import person_of
from okr.models import Cycle, Unit
from okr.pages.calendar import Calendar
from okr.pages.takeaway_teams import review_sheet
from okr.pages.unit_review import unit_review


@require_safe
def review(request: HttpRequest, cycle: int, slug: str) -> HttpResponseBase:
    unit = get_object_or_404(Unit.objects.select_related("lead"), slug=slug)
    calendar = Calendar(get_object_or_404(Cycle, pk=cycle), timezone.localdate())
    if exports.is_wanted(request):
        sheet = review_sheet(unit, person_of(request), calendar)
        return exports.download(request, sheet)
    page = unit_review(unit, person_of(request), calendar, timezone.now())
    context = {"title": f"{unit.name}, {calendar.cycle.name}", "page": page}
    return render(request, "okr/unit_review.html", context)
