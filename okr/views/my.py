"""Where everybody starts: what they own."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr import exports
from okr.access import person_of
from okr.models import Cycle
from okr.pages.calendar import Calendar
from okr.pages.my import my_page
from okr.pages.takeaway import my_sheet
from okr.views.choosing import chosen_cycle, chosen_tag


@require_safe
def home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return redirect("okr:my")


@require_safe
def my(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    cycle = chosen_cycle(request, today)
    if cycle is None:
        return render(request, "okr/no_cycle.html", {"title": "My OKRs"})
    if exports.is_wanted(request):
        return exports.download(request, my_sheet(person_of(request), cycle))
    page = my_page(person_of(request), Calendar(cycle, today), timezone.now())
    tags, tag = page.tags, chosen_tag(request)
    if tag in tags:
        page = page.narrowed(tag)
    cycles = Cycle.objects.newest_first()
    context = {"title": "My OKRs", "page": page, "cycle": cycle, "cycles": cycles}
    context |= {"tags": tags, "tag": tag}
    return render(request, "okr/my.html", context)
