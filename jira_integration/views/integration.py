"""The switch, and the page of three sections behind `Manage Integration`."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jira_integration.forms.access import AccessForm
from jira_integration.forms.credentials import CredentialsForm, ManagedCredentialsForm
from jira_integration.forms.percentages import PercentagesForm
from jira_integration.health import Health
from jira_integration.models import IntegrationSettings, JiraConnection, SyncRun, Trigger
from jira_integration.views.checking import answer_failure, proof
from okr.access import require_admin
from okr.http import after, render_dialog, render_part
from okr.models import Person

TURNED_OFF = "Progress updates are off. Links and credentials are kept."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    context = {"title": "Jira Integration", "health": Health.load()}
    return render_part(
        request, "jira_integration/integration.html", "jira_integration/_health.html", context
    )


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Turns on once Jira has accepted the saved credentials again; turning off asks first."""
    admin = require_admin(request)
    if IntegrationSettings.load().enabled:
        return after(request, reverse("jira:turn_off"))
    connection = JiraConnection.objects.first()
    if connection is None:
        return after(request, reverse("jira:connect"))
    form = CredentialsForm.of_saved(connection)
    if not form.is_valid():
        return answer_failure(request, form)
    examined = form.examine()
    if examined.failure:
        return answer_failure(request, form, examined)
    form.connect(examined, admin, timezone.now())
    messages.success(request, proof(examined, timezone.now()))
    return after(request, reverse("jira:integration"))


@require_http_methods(["GET", "HEAD", "POST"])
def turn_off(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    settings = IntegrationSettings.load()
    if request.method == "POST":
        settings.turn_off()
        messages.info(request, TURNED_OFF)
    if not settings.enabled:
        return after(request, reverse("jira:integration"))
    context = {"title": "Turn off progress updates?", "back": reverse("jira:integration")}
    return render_dialog(request, "jira_integration/turn_off.html", context)


@require_safe
def manage(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    if not JiraConnection.objects.exists():
        return redirect("jira:integration")
    return render(request, "jira_integration/manage.html", manage_context())
