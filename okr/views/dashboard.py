"""The dashboard: pictures of how the company or a unit stands."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr import exports
from okr.access import person_of
from okr.models import Cycle, Unit
from okr.pages import dashboard as page
from okr.pages.calendar import Calendar
from okr.pages.takeaway_dashboard import dashboard_sheet
from okr.pages.units import UnitTree
from okr.views.choosing import chosen_cycle, words
from okr.views.teams import filter_asked


@require_safe
def dashboard(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    cycle = chosen_cycle(request, today)
    if cycle is None:
        return render(request, "okr/no_cycle.html", {"title": "Dashboard"})
    tree, filtered, now = UnitTree(), filter_asked(request), timezone.now()
    asked = (tree, chosen_unit(request, tree), person_of(request), Calendar(cycle, today), now)
    if exports.is_wanted(request):
        return exports.download(request, dashboard_sheet(*asked, filtered=filtered))
    shown = page.dashboard(*asked, filtered=filtered, number=request.GET.get("page"))
    context = {"title": "Dashboard", "page": shown, "cycle": cycle}
    return render(request, "okr/dashboard.html", context | {"cycles": Cycle.objects.newest_first()})


def chosen_unit(request: HttpRequest, tree: UnitTree) -> Unit | None:
    """The unit that the address names; the reader's own where it names none; "" is the company."""
    asked = words(request, "unit")
    if "unit" not in request.GET:
        return tree.units.get(person_of(request).unit_id or 0)
    unit = tree.named(asked) if asked else None
    if asked and unit is None:
        raise Http404
    return unit
