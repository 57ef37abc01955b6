"""The end of a cycle: every objective with its words, then closed; and opened again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from okr.access import person_of
from okr.audit import noted
from okr.forms.closing import ClosingForm, keep_retrospectives
from okr.forms.cycles import MEANWHILE, NOT_CLOSED
from okr.http import Context, after, render_dialog, render_part, wants_part
from okr.models import Cycle, Objective
from okr.pages.calendar import Calendar
from okr.pages.closing import remaining, reopening, tracked_in, unsaid_in, unsaid_page
from okr.pages.counting import counted
from okr.views.cycles import get_cycle, get_open, list_url

NOBODY_LEFT = "Everybody who owes a retrospective was reminded today already."


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The objectives that nobody has spoken about yet, each with a place for the words."""
    cycle = get_open(request, pk)
    saved = _save(request, cycle) if request.method == "POST" else []
    context = _page(request, cycle) | {"saved": saved}
    form = context["closing"]
    if saved and not (form.is_typed or wants_part(request)):
        messages.success(request, _told(saved))
        return redirect(request.get_full_path())
    if saved:
        form.begin()
    status = 422 if form.is_faulty else 200
    context |= {"has_errors": form.is_faulty, "told": _told(saved)}
    return render_part(request, "okr/cycle_close.html", "okr/_cycle_close.html", context, status)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_open(request, pk)
    with noted("cycles.reminded", cycle, always=True) as note:
        asked = cycle.remind_owners(by=person_of(request), at=timezone.now())
        note.say(people=counted(asked, "person", "people"))
    people = "1 person is" if asked == 1 else f"{asked} people are"
    messages.info(request, f"{people} reminded." if asked else NOBODY_LEFT)
    return after(request, reverse("okr:cycle_close", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_open(request, pk)
    if request.method == "POST":
        with noted("cycles.closed", cycle):
            done = cycle.close(by=person_of(request), at=timezone.now())
        sentence = "“{}” is closed." if done else MEANWHILE
        messages.success(request, sentence.format(cycle))
        return after(request, list_url())
    context = {
        "title": f"Close {cycle}?",
        "cycle_row": cycle,
        "remaining": remaining(cycle),
        "tracked": tracked_in(cycle),
        "back": reverse("okr:cycle_close", args=[pk]),
    }
    return render_dialog(request, "okr/cycle_close_confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    if cycle.closed_at is None:
        raise PermissionDenied(NOT_CLOSED)
    if request.method == "POST":
        with noted("cycles.reopened", cycle):
            cycle.reopen()
        messages.success(request, f"“{cycle}” is open again.")
        return after(request, list_url())
    opens, stays = reopening(cycle)
    context = {"title": f"Reopen {cycle}?", "opens": opens, "stays": stays, "back": list_url()}
    return render_dialog(request, "okr/cycle_reopen.html", context)


def _save(request: HttpRequest, cycle: Cycle) -> list[Objective]:
    person = person_of(request)
    sent = unsaid_in(cycle, person).filter(pk__in=ClosingForm.sent_in(request.POST))
    return keep_retrospectives(ClosingForm(sent, request.POST), cycle, person, timezone.now())


def _page(request: HttpRequest, cycle: Cycle) -> Context:
    page = unsaid_page(cycle, person_of(request), request.GET.get("page"))
    typed = request.POST if request.method == "POST" else None
    return {
        "title": f"Close {cycle}",
        "closed_cycle": cycle,
        "calendar": Calendar(cycle, timezone.localdate()),
        "remaining": remaining(cycle),
        "page": page,
        "closing": ClosingForm(page, typed),
    }


def _told(saved: list[Objective]) -> str:
    if not saved:
        return ""
    return f"“{saved[0]}” is saved." if len(saved) == 1 else f"{len(saved)} objectives are saved."
