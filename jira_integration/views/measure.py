"""Choosing how the number of a key result is made of its issues."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jira_integration.forms.measure import MeasureForm
from jira_integration.views.links import linkable
from okr.access import person_of
from okr.http import after, render_dialog, sent

CHOSEN = "Saved. The progress follows in a moment."
SAME = "Nothing was changed: it is measured like this already."


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    key_result, _ = linkable(request, pk)
    form = MeasureForm(sent(request), key_result=key_result)
    back = reverse("okr:key_result", args=[pk])
    if request.method == "POST" and form.is_valid():
        changed = form.keep(by=person_of(request))
        messages.success(request, CHOSEN if changed else SAME)
        return after(request, back)
    context = {
        "title": "How it is measured",
        "key_result": key_result,
        "form": form,
        "choices": form.explained(),
        "back": back,
    }
    return render_dialog(request, "jira_integration/measure.html", context)
