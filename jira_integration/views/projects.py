"""What may be linked from a site: which projects, and whether as the person who links."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jira_integration.forms.projects import ProjectsForm, offered_by
from jira_integration.models import JiraConnection
from jira_integration.own_rights import OwnRights
from jira_integration.preview import preview_projects
from jira_integration.sites import site_of
from okr.access import require_admin
from okr.http import Context, fitting_status, sent

SAVED = "Saved. The numbers of this site are read again."
SAME = "Nothing was changed: that is saved already."


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """A choice that would move numbers is shown first, and saved with a second press."""
    admin = require_admin(request)
    connection = site_of(request)
    if connection is None:
        return redirect("jira:integration")
    offered, fault = offered_by(connection)
    form = ProjectsForm(sent(request), connection=connection, offered=offered)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, {"fault": fault})
    if form.is_saved:
        messages.info(request, SAME)
        return redirect(_address(connection))
    moved = preview_projects(connection, form.chosen)
    if moved.number and "confirmed" not in request.POST:
        return _show(request, form, {"preview": moved})
    form.keep(by=admin)
    messages.success(request, SAVED)
    return redirect(_address(connection))


@require_POST
def own_rights(request: HttpRequest) -> HttpResponse:
    """Turns on or off that people link only what they may browse; Jira has to let us ask."""
    require_admin(request)
    connection = site_of(request)
    if connection is None:
        return redirect("jira:integration")
    refusal = OwnRights.of(connection).turn()
    if refusal:
        messages.error(request, refusal)
    return redirect(_address(connection))


def _show(request: HttpRequest, form: ProjectsForm, more: Context) -> HttpResponse:
    context = {
        "title": "What may be linked",
        "connection": form.connection,
        "sites": JiraConnection.objects.all(),
        "form": form,
        "own": OwnRights.of(form.connection),
        **more,
    }
    status = fitting_status(context)
    return render(request, "jira_integration/projects.html", context, status=status)


def _address(connection: JiraConnection) -> str:
    return f"{reverse('jira:projects')}?site={connection.pk}"
