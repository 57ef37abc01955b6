"""The switch, and the page behind `Manage Integration`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jira_integration import deeds
from jira_integration.events_card import EventsCard
from jira_integration.models import IntegrationSettings
from jira_integration.sites import are_several, site_or_404
from jira_integration.views import sections
from jira_integration.views.connection import answer_dialog, follow
from jira_integration.views.events import to_show
from jira_integration.views.standing import answer_health
from okr.access import require_admin
from okr.http import after, render_dialog, wants_part

TURNED_OFF = "Progress updates are off. Links and credentials are kept."


@require_safe
def page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The sites as they stand; htmx asks for one of them while it is being read."""
    require_admin(request)
    if site_or_404(pk) and pk and not wants_part(request):
        return redirect(f"{reverse('jira:integration')}#site-{pk}")
    return answer_health(request, pk)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Turns on once Jira has accepted saved credentials again; turning off asks first."""
    admin = require_admin(request)
    if IntegrationSettings.load().enabled:
        return after(request, reverse("jira:turn_off"))
    accepted, refused = deeds.try_every_site()
    if not (accepted or refused):
        return after(request, reverse("jira:connect"))
    if not accepted:
        return answer_dialog(request, refused[0])
    for form in refused:
        form.note_failure(timezone.now())
        messages.warning(request, f"{form.connection}: {form.problem}")
    return [follow(request, form, admin) for form in accepted][-1]


@require_http_methods(["GET", "HEAD", "POST"])
def turn_off(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    settings, page_url = IntegrationSettings.load(), reverse("jira:integration")
    if request.method == "POST":
        deeds.turn_off(settings)
        messages.info(request, TURNED_OFF)
    if not settings.enabled:
        return after(request, page_url)
    context = {"title": "Turn off progress updates?", "back": page_url}
    return render_dialog(request, "jira_integration/turn_off.html", context)


@require_safe
def manage(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """`Manage Integration`; of one of several sites only what is its own."""
    require_admin(request)
    if site_or_404(pk) is None:
        return redirect("jira:integration")
    if pk and not are_several():
        return redirect("jira:manage")
    context = sections.page_context(pk)
    if shown := to_show(request):
        context["events"] = EventsCard.load(shown.connection, shown=shown)
    return render(request, sections.page_for(pk), context)
