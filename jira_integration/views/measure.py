"""Choosing how the number of a key result is made of its issues."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jira_integration.forms.measure import MeasureForm
from jira_integration.measure_words import lacking
from jira_integration.models import JiraConnection
from jira_integration.trial import Trial
from jira_integration.views.links import linkable
from okr.access import person_of
from okr.http import after, render_dialog, sent
from okr.models import KeyResult

CHOSEN = "Saved. The progress follows in a moment."
SAME = "Nothing was changed: it is measured like this already."


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves; its second button only tries out what is chosen."""
    key_result, _ = linkable(request, pk)
    now, sites = timezone.now(), list(JiraConnection.objects.feeding(key_result))
    trial = Trial(key_result, sites)
    trial.ask_fields(now)
    form = _form(request, trial)
    back = reverse("okr:key_result", args=[pk])
    if request.method == "POST" and form.is_bound and form.is_valid():
        changed = form.keep(by=person_of(request))
        messages.success(request, CHOSEN if changed else SAME)
        return after(request, back)
    trial.ask_sizes(form.standing, now)
    return _dialog(request, key_result, form, trial)


def _form(request: HttpRequest, trial: Trial) -> MeasureForm:
    if "try" in request.POST:
        return MeasureForm.trying(request.POST, trial.key_result, trial.sites)
    return MeasureForm(sent(request), key_result=trial.key_result, sites=trial.sites)


def _dialog(
    request: HttpRequest, key_result: KeyResult, form: MeasureForm, trial: Trial
) -> HttpResponse:
    context = {
        "title": "How it is measured",
        "key_result": key_result,
        "form": form,
        "choices": list(form.measures(trial)),
        "empties": list(form.empties(trial)),
        "lacking": lacking(form.standing, trial),
        "makes": form.makes(trial),
        "trouble": trial.trouble,
        "back": reverse("okr:key_result", args=[key_result.pk]),
    }
    return render_dialog(request, "jira_integration/measure.html", context)
