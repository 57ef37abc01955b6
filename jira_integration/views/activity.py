"""Whether Jira is being read, what could not be, and every run of late."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jira_integration.activity import RESULTS, Line, Progress, troubles
from jira_integration.events_card import EventsCard
from jira_integration.health import Health
from jira_integration.models import SyncRun, Trigger
from jira_integration.models.sync_run import SyncRunQuerySet
from jira_integration.takeaway import CHUNK, runs_sheet
from okr import exports
from okr.access import require_admin
from okr.http import Context, after, render_part

A_PAGE = 25


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """htmx asks for the head of the page while a sync is under way, and at its end for the rest."""
    require_admin(request)
    if exports.is_wanted(request):
        return exports.download(request, runs_sheet(_asked(request).iterator(CHUNK)))
    health = Health.load()
    context = {"title": "Sync activity", "health": health, **_runs(request)}
    context["events"] = EventsCard.load(health.connection)
    context["troubles"] = troubles(health)
    context["progress"] = Progress(health.run) if health.run else None
    return render_part(
        request, "jira_integration/activity.html", "jira_integration/_now.html", context
    )


def _runs(request: HttpRequest) -> Context:
    result = request.GET.get("result", "")
    found = Paginator(_asked(request), A_PAGE).get_page(request.GET.get("page"))
    results = [("", "All"), *((name, label) for name, (label, _) in RESULTS.items())]
    return {
        "runs": found,
        "lines": [Line(run) for run in found],
        "results": results,
        "result": result,
    }


def _asked(request: HttpRequest) -> SyncRunQuerySet:
    runs = SyncRun.objects.select_related("key_result", "by")
    result = request.GET.get("result", "")
    return runs.filter(RESULTS[result][1]) if result in RESULTS else runs


@require_POST
def sync_now(request: HttpRequest) -> HttpResponse:
    """Asks for a sync, unless there is a reason not to: the page says which."""
    admin = require_admin(request)
    health = Health.load()
    if health.connection and not health.cannot_sync:
        SyncRun.objects.ask(health.connection, Trigger.HAND, by=admin)
    return after(request, reverse("jira:activity"))


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    get_object_or_404(SyncRun, pk=pk).cancel()
    return after(request, reverse("jira:activity"))
