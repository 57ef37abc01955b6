"""Whether Jira is being read, what could not be, and every run of late."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jira_integration import deeds
from jira_integration.activity import FOLDED, RESULTS, EventRuns, Line, Progress, troubles
from jira_integration.events_card import EventsCard
from jira_integration.failures import failures
from jira_integration.models import SyncRun
from jira_integration.models.sync_run import SyncRunQuerySet
from jira_integration.sites import Sites, are_several, site_asked
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
        runs = _asked(request).iterator(CHUNK)
        return exports.download(request, runs_sheet(runs, named=are_several()))
    sites = Sites.load(site_asked(request))
    context = {
        "title": "Sync activity",
        "sites": sites,
        "named": sites.several,
        "health": sites.health,
        "troubles": troubles(sites),
        "failures": failures(sites.connections, timezone.now()),
        "progress": Progress(sites.run) if sites.run else None,
        **_runs(request, sites),
    }
    if sites.health:
        context["events"] = EventsCard.load(sites.health.connection)
    return render_part(
        request, "jira_integration/activity.html", "jira_integration/_now.html", context
    )


def _runs(request: HttpRequest, sites: Sites) -> Context:
    result, asked = request.GET.get("result", ""), _asked(request)
    folds = result not in RESULTS
    asked = asked.exclude(FOLDED) if folds else asked
    found = Paginator(asked, A_PAGE).get_page(request.GET.get("page"))
    results = [("", "All"), *((name, label) for name, (label, _) in RESULTS.items())]
    return {
        "runs": found,
        "lines": [Line(run) for run in found],
        "results": results,
        "result": result,
        "event_runs": EventRuns.of(sites, timezone.now()) if folds else None,
    }


def _asked(request: HttpRequest) -> SyncRunQuerySet:
    runs = SyncRun.objects.select_related("key_result", "by", "connection")
    result, site = request.GET.get("result", ""), site_asked(request)
    runs = runs.filter(connection=site) if site else runs
    return runs.filter(RESULTS[result][1]) if result in RESULTS else runs


@require_POST
def sync_now(request: HttpRequest) -> HttpResponse:
    """Asks for a sync of each site, or of one, unless there is a reason not to, which is told."""
    admin = require_admin(request)
    sites = Sites.load(site_asked(request))
    deeds.sync_now(sites.to_sync, by=admin)
    query = f"?site={sites.health.number}" if sites.several and sites.health else ""
    return after(request, reverse("jira:activity") + query)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    run = get_object_or_404(SyncRun.objects.select_related("connection"), pk=pk)
    deeds.cancel(run)
    return after(request, reverse("jira:activity"))
