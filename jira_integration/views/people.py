"""Who here is who in Jira: from Atlassian's file, and from what Jira itself tells."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from jira_integration.client import JiraError
from jira_integration.matching import Census, ask_jira, why_not_told
from jira_integration.models import JiraConnection
from jira_integration.people_file import JiraUsersShape
from jira_integration.sites import site_of
from okr.access import require_admin
from okr.imports.arrival import receive

ASKED = "Jira was asked. {} of {} people are matched with a Jira account."


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    connection = site_of(request)
    if connection is None:
        return redirect("jira:integration")
    shape = JiraUsersShape(connection)
    form, upload = receive(request, shape)
    if upload:
        return redirect("okr:import_check", upload.pk)
    context = {
        "title": shape.title,
        "shape": shape,
        "form": form,
        "step": 1,
        "census": Census.of(connection),
        "sites": JiraConnection.objects.order_by("pk"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "jira_integration/import.html", context, status=status)


@require_POST
def look_up(request: HttpRequest) -> HttpResponse:
    """Asks Jira for its accounts now; what a file said stays."""
    require_admin(request)
    connection = site_of(request)
    if connection is None:
        return redirect("jira:integration")
    try:
        census = ask_jira(connection, timezone.now())
    except JiraError as error:
        messages.error(request, why_not_told(error))
    else:
        messages.success(request, ASKED.format(census.matched, census.everybody))
    return redirect(JiraUsersShape(connection).start())
