"""Objectives: shown, written, changed and deleted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from okr.access import get_editable, get_visible, person_of, require_creator
from okr.audit import noted_of_others
from okr.forms.objectives import ObjectiveForm
from okr.http import after, render_dialog, sent
from okr.models import Objective
from okr.pages.approvals import warning
from okr.pages.calendar import Calendar
from okr.pages.conversation import conversation
from okr.pages.deletion import lost_with_objective
from okr.pages.objective import objective_page
from okr.views.choosing import asked, chosen_cycle, wants_all, way_back


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    objective = get_visible(request, Objective.objects.for_cards(), pk)
    calendar = Calendar.of(objective, timezone.localdate())
    page = objective_page(objective, person_of(request), calendar, all_changes=wants_all(request))
    notes = [*(check_in.note for check_in in page.check_ins), *page.ending.texts]
    talk = conversation(objective, person_of(request), notes=notes)
    context = {"title": objective.title, "page": page, "talk": talk}
    return render(request, "okr/objective.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person = require_creator(request)
    cycle = chosen_cycle(request, timezone.localdate())
    initial = {"cycle": cycle and cycle.pk} | asked(request, "parent", "level")
    form = ObjectiveForm(sent(request), person=person, initial=initial)
    if request.method == "POST" and form.is_valid() and form.kept(at=timezone.now()):
        return _kept(request, form, "“{}” is created. Now say how you will measure it.")
    context = {"title": "New objective", "form": form, "back": reverse("okr:my")}
    return render_dialog(request, "okr/objective_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    objective = get_editable(request, Objective.objects.for_cards(), pk)
    form = ObjectiveForm(
        sent(request),
        person=person_of(request),
        instance=objective,
        initial=asked(request, "cycle"),
    )
    if request.method == "POST" and form.is_valid() and form.kept(at=timezone.now()):
        return _kept(request, form, "“{}” is saved.")
    context = {"title": "Edit objective", "form": form}
    context["back"] = way_back(request, _page_of(pk))
    context["warning"] = warning(objective, person_of(request))
    return render_dialog(request, "okr/objective_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    objective = get_editable(request, Objective.objects.for_cards(), pk)
    if request.method == "POST":
        with noted_of_others("contents.objective_deleted", objective, objective.owner):
            objective.remove()
        messages.success(request, f"“{objective}” is deleted.")
        return after(request, way_back(request, reverse("okr:my")))
    lost = lost_with_objective(objective, person_of(request))
    context = {"title": "Delete this objective?", "what": objective, "lost": lost}
    return render_dialog(
        request, "okr/delete.html", context | {"back": way_back(request, _page_of(pk))}
    )


def _kept(request: HttpRequest, form: ObjectiveForm, sentence: str) -> HttpResponse:
    objective = form.instance
    messages.success(request, sentence.format(objective))
    return after(request, way_back(request, _page_of(objective.pk)))


def _page_of(pk: int) -> str:
    return reverse("okr:objective", args=[pk])
