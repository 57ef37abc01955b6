"""The switch, and the page behind `Manage Integration`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jira_integration.events_card import EventsCard
from jira_integration.forms.credentials import CredentialsForm
from jira_integration.health import Health
from jira_integration.models import IntegrationSettings, JiraConnection
from jira_integration.views import sections
from jira_integration.views.connection import answer_dialog, follow
from jira_integration.views.events import to_show
from okr.access import require_admin
from okr.http import after, render_dialog, render_part

TURNED_OFF = "Progress updates are off. Links and credentials are kept."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    health = Health.load()
    events = EventsCard.load(health.connection)
    context = {"title": "Jira Integration", "health": health, "events": events}
    return render_part(
        request, "jira_integration/integration.html", "jira_integration/_health.html", context
    )


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Turns on once Jira has accepted the saved credentials again; turning off asks first."""
    admin = require_admin(request)
    connection = JiraConnection.objects.first()
    if IntegrationSettings.load().enabled:
        return after(request, reverse("jira:turn_off"))
    if connection is None:
        return after(request, reverse("jira:connect"))
    form = CredentialsForm.of_saved(connection)
    if form.is_valid() and form.connects():
        return follow(request, form, admin)
    return answer_dialog(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def turn_off(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    settings, page_url = IntegrationSettings.load(), reverse("jira:integration")
    if request.method == "POST":
        settings.turn_off()
        messages.info(request, TURNED_OFF)
    if not settings.enabled:
        return after(request, page_url)
    context = {"title": "Turn off progress updates?", "back": page_url}
    return render_dialog(request, "jira_integration/turn_off.html", context)


@require_safe
def manage(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    connection = JiraConnection.objects.first()
    if connection is None:
        return redirect("jira:integration")
    events = EventsCard.load(connection, shown=to_show(request))
    return render(request, sections.PAGE, sections.page_context(events=events))
