"""Chooses what of a cycle is carried forward, shows how it will look, and carries it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from okr.access import person_of
from okr.forms.carrying import NOT_OFFERED, NOTHING_CHOSEN, carry_forward
from okr.http import Context, render_part
from okr.models import Cycle, Objective
from okr.pages.calendar import Calendar
from okr.pages.carrying import candidates, targets, unfinished
from okr.views.choosing import words
from okr.views.cycles import get_cycle


@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    offered = targets(cycle)
    into = _chosen(request, offered)
    fault = ""
    if request.method == "POST" and into:
        chosen = _objectives(request, cycle, into)
        if chosen:
            made = carry_forward(cycle, chosen, into, person_of(request), timezone.now())
            return _carried(request, made, into)
        fault = NOTHING_CHOSEN
    elif request.method == "POST":
        fault = NOT_OFFERED
    shown = into or (offered[0] if offered else None)
    context = _page(request, cycle, shown) | {"targets": offered, "fault": fault}
    status = 422 if fault else 200
    return render_part(request, "okr/carry.html", "okr/_carry.html", context, status)


def _chosen(request: HttpRequest, offered: list[Cycle]) -> Cycle | None:
    """What was chosen, if it is still offered."""
    asked = request.POST.get("into") if request.method == "POST" else words(request, "into")
    return next((each for each in offered if str(each.pk) == asked), None)


def _objectives(request: HttpRequest, cycle: Cycle, into: Cycle) -> list[Objective]:
    sent = [int(each) for each in request.POST.getlist("objective") if _is_number(each)]
    return list(unfinished(cycle, into, person_of(request)).filter(pk__in=sent))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def _carried(request: HttpRequest, made: list[Objective], into: Cycle) -> HttpResponse:
    if made:
        count = "1 objective is" if len(made) == 1 else f"{len(made)} objectives are"
        messages.success(request, f"{count} carried forward to {into}.")
    else:
        messages.info(request, f"All of them were in {into} already.")
    return redirect(f"{reverse('okr:company')}?cycle={into.pk}")


def _page(request: HttpRequest, cycle: Cycle, into: Cycle | None) -> Context:
    context: Context = {
        "title": f"Carry forward from {cycle}",
        "source_cycle": cycle,
        "into": into,
        "calendar": Calendar(cycle, timezone.localdate()),
    }
    if into is None:
        return context | {"page": None, "candidates": []}
    number = request.GET.get("page")
    page, found = candidates(cycle, into, person_of(request), number)
    return context | {"page": page, "candidates": found}
