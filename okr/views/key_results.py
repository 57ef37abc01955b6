"""Key results: shown, written, changed and deleted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from okr import exports
from okr.access import get_editable, get_visible, person_of
from okr.forms.key_results import KeyResultForm
from okr.http import after, render_dialog, sent
from okr.models import KeyResult, Objective
from okr.pages.approvals import warning
from okr.pages.calendar import Calendar
from okr.pages.conversation import conversation
from okr.pages.deletion import lost_with_key_result
from okr.pages.key_result import key_result_page
from okr.pages.takeaway import history_sheet
from okr.views.choosing import wants_all, way_back

ROWS = KeyResult.objects.select_related(
    "owner",
    "objective__cycle",
    "objective__owner",
    "objective__closure",
    "assigned_objective",
)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponseBase:
    key_result = get_visible(request, ROWS.all(), pk)
    if exports.is_wanted(request):
        return exports.download(request, history_sheet(key_result))
    calendar = Calendar.of(key_result.objective, timezone.localdate())
    page = key_result_page(
        key_result,
        person_of(request),
        calendar,
        request.GET.get("page"),
        all_changes=wants_all(request),
    )
    notes = [check_in.note for check_in in page.check_ins]
    talk = conversation(key_result, person_of(request), notes=notes)
    context = {"title": key_result.title, "page": page, "talk": talk, "now": timezone.now()}
    return render(request, "okr/key_result.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    objective = get_editable(request, Objective.objects.for_cards(), pk)
    key_result = KeyResult(objective=objective)
    form = KeyResultForm(sent(request), person=person_of(request), instance=key_result)
    if request.method == "POST" and form.is_valid() and form.kept(at=timezone.now()):
        return _kept(request, form, "“{}” is added.")
    back = way_back(request, reverse("okr:objective", args=[pk]))
    context = {"title": "New key result", "form": form, "objective": objective, "back": back}
    return render_dialog(request, "okr/key_result_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    key_result = get_editable(request, ROWS.all(), pk)
    form = KeyResultForm(sent(request), person=person_of(request), instance=key_result)
    if request.method == "POST" and form.is_valid() and form.kept(at=timezone.now()):
        return _kept(request, form, "“{}” is saved.")
    back, objective = _back(request, pk), key_result.objective
    context = {"title": "Edit key result", "form": form, "objective": objective, "back": back}
    context["warning"] = warning(objective, person_of(request))
    return render_dialog(request, "okr/key_result_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    key_result = get_editable(request, ROWS.all(), pk)
    if request.method == "POST":
        key_result.remove(by=person_of(request), at=timezone.now())
        messages.success(request, f"“{key_result}” is deleted.")
        page = reverse("okr:objective", args=[key_result.objective_id])
        return after(request, way_back(request, page))
    lost = lost_with_key_result(key_result)
    context = {"title": "Delete this key result?", "what": key_result, "lost": lost}
    back = _back(request, pk)
    return render_dialog(request, "okr/delete.html", context | {"back": back})


def _kept(request: HttpRequest, form: KeyResultForm, sentence: str) -> HttpResponse:
    key_result = form.instance
    messages.success(request, sentence.format(key_result))
    return after(request, _back(request, key_result.pk))


def _back(request: HttpRequest, pk: int) -> str:
    return way_back(request, reverse("okr:key_result", args=[pk]))
