"""Cycles as OKR admins plan them: listed, generated, added, changed and deleted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from okr import exports
from okr.access import require_admin
from okr.audit import noted
from okr.forms.cycles import CLOSED, NOT_EMPTY, CycleForm, GenerateForm
from okr.http import after, render_dialog, sent
from okr.models import Cycle
from okr.pages.cycles import cycles_page
from okr.pages.takeaway_admin import cycles_sheet


@require_safe
def cycles(request: HttpRequest) -> HttpResponseBase:
    require_admin(request)
    if exports.is_wanted(request):
        return exports.download(request, cycles_sheet(timezone.localdate()))
    page, rows = cycles_page(timezone.localdate(), request.GET.get("page"))
    context = {"title": "Cycles", "page": page, "cycle_rows": rows}
    return render(request, "okr/cycles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    form = CycleForm(sent(request))
    if request.method == "POST" and form.is_valid() and form.kept():
        return _told(request, f"“{form.instance}” is created.")
    context = {"title": "New cycle", "form": form, "back": list_url()}
    return render_dialog(request, "okr/cycle_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_open(request, pk)
    form = CycleForm(sent(request), instance=cycle)
    if request.method == "POST" and form.is_valid() and form.kept():
        return _told(request, f"“{form.instance}” is saved.")
    context = {"title": "Edit cycle", "form": form, "back": list_url()}
    return render_dialog(request, "okr/cycle_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_open(request, pk)
    name, count = cycle.name, cycle.objectives.count()
    if count == 0 and request.method == "POST" and _removed(cycle):
        return _told(request, f"“{name}” is deleted.")
    if request.method == "POST":
        raise PermissionDenied(NOT_EMPTY.format(name))
    context = {"title": "Delete this cycle?", "cycle_row": cycle, "count": count}
    return render_dialog(request, "okr/cycle_delete.html", context | {"back": list_url()})


@require_http_methods(["GET", "HEAD", "POST"])
def generate(request: HttpRequest) -> HttpResponse:
    """A press of Show, or of a field with htmx, comes back here with the choice in the address."""
    require_admin(request)
    asked = request.GET if "year" in request.GET else GenerateForm.first_shown(timezone.localdate())
    form = GenerateForm(request.POST if request.method == "POST" else asked)
    if request.method == "POST" and form.is_valid() and (made := form.keep()):
        return _told(request, f"Created {', '.join(map(str, made))}.")
    context = {"title": "Generate cycles", "form": form, "proposed": form.proposed()}
    return render_dialog(request, "okr/cycles_generate.html", context | {"back": list_url()})


def _removed(cycle: Cycle) -> bool:
    with noted("cycles.deleted", cycle):
        return cycle.remove()


def get_cycle(request: HttpRequest, pk: int) -> Cycle:
    require_admin(request)
    return get_object_or_404(Cycle, pk=pk)


def get_open(request: HttpRequest, pk: int) -> Cycle:
    cycle = get_cycle(request, pk)
    if cycle.closed_at:
        raise PermissionDenied(CLOSED)
    return cycle


def list_url() -> str:
    return reverse("okr:cycles")


def _told(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return after(request, list_url())
