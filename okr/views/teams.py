"""Teams, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr.access import person_of
from okr.models import Cycle, Unit
from okr.pages import teams as page
from okr.pages.calendar import Calendar
from okr.pages.counts import FILTERS
from okr.pages.team import team_page
from okr.pages.units import UnitTree
from okr.views.choosing import chosen_cycle, words


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    cycle = chosen_cycle(request, today)
    if cycle is None:
        return render(request, "okr/no_cycle.html", {"title": "Teams"})
    calendar = Calendar(cycle, today)
    context = {
        "title": "Teams",
        "calendar": calendar,
        "cycle": cycle,
        "cycles": Cycle.objects.newest_first(),
        "teams": page.teams(person_of(request), calendar, UnitTree()),
    }
    return render(request, "okr/teams.html", context)


@require_safe
def team(request: HttpRequest, slug: str) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("lead"), slug=slug)
    today = timezone.localdate()
    cycle = chosen_cycle(request, today)
    if cycle is None:
        return render(request, "okr/no_cycle.html", {"title": unit.name})
    shown = team_page(
        unit,
        person_of(request),
        Calendar(cycle, today),
        timezone.now(),
        filtered=filter_asked(request),
        week=week_asked(request),
        number=request.GET.get("page"),
    )
    context = {"title": unit.name, "page": shown, "cycle": cycle}
    return render(request, "okr/team.html", context | {"cycles": Cycle.objects.newest_first()})


def filter_asked(request: HttpRequest) -> str:
    asked = words(request, "show")
    return asked if asked in FILTERS else ""


def week_asked(request: HttpRequest) -> int:
    """The number of a week of the cycle; 0 where the address names none."""
    asked = words(request, "week")
    return int(asked) if asked.isdecimal() and len(asked) < 4 else 0
