"""What there is to do with one of several sites: connect it, call it otherwise, remove it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jira_integration import deeds
from jira_integration.forms.site import AnotherSiteForm, NameForm
from jira_integration.models import JiraConnection
from jira_integration.removing import Farewell, remove_site
from jira_integration.sites import are_several
from jira_integration.views import sections
from jira_integration.views.connection import answer_dialog
from okr.access import require_admin
from okr.confirming import confirmed_recently
from okr.http import after, render_dialog, sent

ANOTHER = "Connect another site"
RENAMED = "Saved. The site is called {name} from now on."
REMOVED = "{name} is removed."


@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def connect_another(request: HttpRequest) -> HttpResponse:
    """A further Jira beside the one that is connected; whether updates are on stays as it is."""
    admin = require_admin(request)
    if not JiraConnection.objects.exists():
        return after(request, reverse("jira:connect"))
    form = AnotherSiteForm(sent(request))
    if not (form.is_bound and form.is_valid() and form.connects()):
        return answer_dialog(request, form, ANOTHER, "jira:connect_another")
    deeds.accept(form, admin)
    messages.success(request, form.proof(timezone.now()))
    return after(request, reverse("jira:integration"))


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    connection = get_object_or_404(JiraConnection, pk=pk)
    if request.method != "POST":
        return redirect(sections.place(pk))
    form = NameForm(request.POST, connection=connection)
    if not form.is_valid():
        return sections.answer_section(request, "name", form, pk)
    form.keep()
    return sections.answer_saved(request, "name", RENAMED.format(name=connection.name), pk)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, and tells what goes with the site. The only site is not removed."""
    admin = require_admin(request)
    connection = get_object_or_404(JiraConnection, pk=pk)
    if not are_several():
        return after(request, reverse("jira:integration"))
    if request.method == "POST":
        remove_site(connection, admin)
        messages.info(request, REMOVED.format(name=connection.name))
        return after(request, reverse("jira:integration"))
    context = {
        "title": f"Remove {connection.name}?",
        "connection": connection,
        "farewell": Farewell.of(connection),
        "back": sections.place(pk),
    }
    return render_dialog(request, "jira_integration/site_remove.html", context)
