"""Drawing the time before a key result followed Jira, and taking that away again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jira_integration.models import Reconstruction
from jira_integration.views.links import linkable
from okr.access import get_editable, person_of
from okr.http import after, render_dialog
from okr.models import KeyResult

ASKED = "What happened in Jira is being read. The chart follows in a moment."
NOTHING = "Nothing is missing: the record begins with the cycle."
REMOVED = "The reconstructed history is removed."


@require_POST
def reconstruct(request: HttpRequest, pk: int) -> HttpResponse:
    key_result, _ = linkable(request, pk)
    asked = Reconstruction.objects.ask(key_result, by=person_of(request))
    messages.success(request, ASKED if asked else NOTHING)
    return after(request, reverse("okr:key_result", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    key_result = get_editable(request, KeyResult.objects.all(), pk)
    back = reverse("okr:key_result", args=[pk])
    if request.method == "POST":
        Reconstruction.objects.remove(key_result)
        messages.success(request, REMOVED)
        return after(request, back)
    context = {
        "title": "Remove reconstructed history?",
        "key_result": key_result,
        "made": Reconstruction.objects.of(key_result),
        "back": back,
    }
    return render_dialog(request, "jira_integration/history_remove.html", context)
