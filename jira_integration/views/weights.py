"""Saying how much each link of a key result weighs, with the number in view while it is said."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jira_integration.calculation import Measure
from jira_integration.forms.weights import WeightsForm
from jira_integration.models import Measuring
from jira_integration.views.links import linkable
from okr.access import person_of
from okr.http import Context, after, render_dialog, sent
from okr.models import KeyResult

SAVED = "Saved. The progress follows in a moment."
SAME = "Nothing was changed: the links weigh this already."


@require_http_methods(["GET", "HEAD", "POST"])
def weigh(request: HttpRequest, pk: int) -> HttpResponse:
    key_result, _ = linkable(request, pk)
    form = WeightsForm(sent(request), key_result=key_result)
    back, tried = reverse("okr:key_result", args=[pk]), "try" in request.POST
    if request.method == "POST" and form.is_valid() and not tried:
        messages.success(request, SAVED if form.keep(by=person_of(request)) else SAME)
        return after(request, back)
    context = _told(key_result, form) | {"title": "Weights", "back": back}
    return render_dialog(request, "jira_integration/weights.html", context)


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the number would be, while the weights are typed; nothing is saved."""
    key_result, _ = linkable(request, pk)
    form = WeightsForm(request.POST, key_result=key_result)
    return render(request, "jira_integration/_weights_outlook.html", _told(key_result, form))


def _told(key_result: KeyResult, form: WeightsForm) -> Context:
    measure = Measuring.objects.of(key_result).measure
    return {
        "key_result": key_result,
        "form": form,
        "outlook": form.outlook,
        "ignored": measure in (Measure.COUNT, Measure.SUM),
    }
