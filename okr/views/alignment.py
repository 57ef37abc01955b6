"""What moves what: key results that are assigned on, and the weights of an objective's parts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from okr.access import NOT_CREATING, get_editable, person_of
from okr.forms.assignment import AssignForm
from okr.forms.weights import WeightsForm
from okr.http import after, render_dialog, sent
from okr.models import Objective, take_back
from okr.models.assignment import CANNOT_BE_ASSIGNED
from okr.views.key_results import ROWS


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    key_result, person = get_editable(request, ROWS.all(), pk), person_of(request)
    if not person.may_create("individual", None):
        raise PermissionDenied(NOT_CREATING)
    if not key_result.can_be_assigned:
        raise PermissionDenied(CANNOT_BE_ASSIGNED)
    form = AssignForm(sent(request), key_result=key_result, person=person)
    if request.method == "POST" and form.is_valid():
        objective = form.keep(by=person, at=timezone.now())
        messages.success(request, f"“{key_result}” is an objective of {objective.owner} now.")
        return after(request, _page_of(pk))
    context = {"title": "Assign to somebody", "form": form, "key_result": key_result}
    return render_dialog(request, "okr/assign.html", context | {"back": _page_of(pk)})


@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """The number is a person's again."""
    key_result = get_editable(request, ROWS.all(), pk)
    objective = key_result.moved_by_objective
    if objective is None:
        raise Http404
    if request.method == "POST":
        take_back(key_result, by=person_of(request), at=timezone.now())
        messages.success(request, f"“{key_result}” is entered by hand again.")
        return after(request, _page_of(pk))
    seen = Objective.objects.visible_to(person_of(request)).filter(pk=objective.pk).first()
    context = {"title": "Take it back?", "key_result": key_result, "objective": seen}
    return render_dialog(request, "okr/take_back.html", context | {"back": _page_of(pk)})


@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest, pk: int) -> HttpResponse:
    objective, person = get_editable(request, Objective.objects.for_cards(), pk), person_of(request)
    form = WeightsForm(sent(request), objective=objective, person=person)
    valid = request.method == "POST" and form.is_valid()
    page = reverse("okr:objective", args=[pk])
    if valid and form.keep(by=person, at=timezone.now()):
        messages.success(request, "The weights are saved.")
        return after(request, page)
    context = {"title": "Edit weights", "form": form, "objective": objective, "back": page}
    return render_dialog(request, "okr/weights.html", context)


def _page_of(pk: int) -> str:
    return reverse("okr:key_result", args=[pk])
