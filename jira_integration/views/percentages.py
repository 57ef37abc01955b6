"""What each status category counts as: tried out, saved, and worked into every number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jira_integration import preview as trying
from jira_integration.forms.percentages import PercentagesForm
from jira_integration.models import SyncRun, Trigger
from jira_integration.scale_picture import marks
from jira_integration.views.sections import answer_saved, answer_section
from okr.access import require_admin
from okr.http import Context

PREVIEW = "jira_integration/_preview.html"
SAME = "Nothing was changed: these percentages are already in use."


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Saves and asks for the recalculation; its second button only tries the percentages out."""
    admin = require_admin(request)
    if request.method != "POST":
        return redirect("jira:manage")
    form = PercentagesForm(request.POST)
    if not form.is_valid() or "try" in request.POST:
        return answer_section(request, "percentages", form, **_tried(form))
    if form.is_saved:
        return answer_saved(request, "percentages", SAME)
    changing = trying.preview(form.scale).number
    form.save(admin)
    return answer_saved(request, "percentages", saved_notice(changing))


def saved_notice(changing: int) -> str:
    if not changing:
        return "Saved. No key result changes."
    return f"Saved. Recalculating {changing:,} key result{'' if changing == 1 else 's'}."


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """What the percentages would change, while they are typed; nothing is saved."""
    require_admin(request)
    form = PercentagesForm(request.GET)
    return render(request, PREVIEW, {"percentages": form, **_tried(form)})


def _tried(form: PercentagesForm) -> Context:
    if not form.is_valid():
        return {}
    found = trying.preview(form.scale)
    return {"scale": marks(form.scale), "preview": found}


@require_safe
def recalculation(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; while it is under way nothing new is said, and the page asks again.

    `pk` is the run of the first of the sites: those of the others were asked for after it.
    """
    require_admin(request)
    run = get_object_or_404(SyncRun, pk=pk, trigger=Trigger.SETTINGS)
    runs = list(SyncRun.objects.filter(pk__gte=pk, trigger=Trigger.SETTINGS))
    if any(each.finished_at is None for each in runs):
        return HttpResponse(status=204)
    failed = next((each for each in runs if each.failure_code), None)
    context = {"run": failed or run, "changed": sum(each.changed for each in runs)}
    return render(request, "jira_integration/_recalculation.html", context)
