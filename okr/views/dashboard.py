"""The dashboard: pictures of how the company or a unit stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr.access import person_of
from okr.models import Cycle, Unit
from okr.pages import dashboard as page
from okr.pages.calendar import Calendar
from okr.pages.units import UnitTree
from okr.views.choosing import chosen_cycle, words
from okr.views.teams import filter_asked


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    cycle = chosen_cycle(request, today)
    if cycle is None:
        return render(request, "okr/no_cycle.html", {"title": "Dashboard"})
    tree = UnitTree()
    shown = page.dashboard(
        tree,
        chosen_unit(request, tree),
        person_of(request),
        Calendar(cycle, today),
        timezone.now(),
        filtered=filter_asked(request),
        number=request.GET.get("page"),
    )
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
