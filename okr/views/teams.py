"""Teams, and the page of one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from okr import exports
from okr.access import NOT_YOURS_TO_REMIND, person_of
from okr.http import after, render_dialog
from okr.models import Cycle, Reminder, Unit
from okr.pages import teams as page
from okr.pages.calendar import Calendar
from okr.pages.counts import FILTERS
from okr.pages.overdue import may_remind, remindable
from okr.pages.takeaway_teams import team_sheet, teams_sheet
from okr.pages.team import team_page
from okr.views.choosing import chosen_cycle, words


@require_safe
def teams(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    cycle = chosen_cycle(request, today)
    if cycle is None:
        return render(request, "okr/no_cycle.html", {"title": "Teams"})
    calendar = Calendar(cycle, today)
    if exports.is_wanted(request):
        return exports.download(request, teams_sheet(person_of(request), calendar))
    context = {
        "title": "Teams",
        "calendar": calendar,
        "cycle": cycle,
        "cycles": Cycle.objects.newest_first(),
        "teams": page.teams_page(person_of(request), calendar, request.GET.get("page")),
    }
    return render(request, "okr/teams.html", context)


@require_safe
def team(request: HttpRequest, slug: str) -> HttpResponseBase:
    unit = get_object_or_404(Unit.objects.select_related("lead"), slug=slug)
    today = timezone.localdate()
    cycle = chosen_cycle(request, today)
    if cycle is None:
        return render(request, "okr/no_cycle.html", {"title": unit.name})
    person, calendar, now = person_of(request), Calendar(cycle, today), timezone.now()
    if exports.is_wanted(request):
        sheet = team_sheet(unit, person, calendar, filter_asked(request), now)
        return exports.download(request, sheet)
    shown = team_page(
        unit,
        person,
        calendar,
        now,
        filtered=filter_asked(request),
        week=week_asked(request),
        number=request.GET.get("page"),
    )
    context = {"title": unit.name, "page": shown, "cycle": cycle}
    if shown.calendar.is_running:
        context["remindable"] = remindable(unit, person, now)
    return render(request, "okr/team.html", context | {"cycles": Cycle.objects.newest_first()})


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks those of the unit to check in who have something due."""
    unit = get_object_or_404(Unit, slug=slug)
    by, now = person_of(request), timezone.now()
    if not may_remind(unit, by):
        raise PermissionDenied(NOT_YOURS_TO_REMIND)
    people = remindable(unit, by, now)
    back = reverse("okr:team", args=[slug])
    if request.method == "POST":
        asked = Reminder.objects.remind(people, by=by, at=now)
        told = "1 person is reminded." if asked == 1 else f"{asked} people are reminded."
        messages.success(request, told if asked else "Nobody had to be reminded.")
        return after(request, back)
    title = "Remind of overdue check-ins?"
    context = {"title": title, "unit": unit, "people": people, "back": back}
    return render_dialog(request, "okr/remind.html", context)


def filter_asked(request: HttpRequest) -> str:
    asked = words(request, "show")
    return asked if asked in FILTERS else ""


def week_asked(request: HttpRequest) -> int:
    """The number of a week of the cycle; 0 where the address names none."""
    asked = words(request, "week")
    return int(asked) if asked.isdecimal() and len(asked) < 4 else 0
