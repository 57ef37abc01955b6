"""Connecting to Jira: the dialog, the section of `Manage Integration`, and the test in between."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlassian.allowed_calls import policy_from_settings
from jira_integration import deeds
from jira_integration.client import BadAddress, read_address
from jira_integration.forms.credentials import CredentialsForm, ManagedCredentialsForm
from jira_integration.models import JiraConnection
from jira_integration.sites import site_or_404
from jira_integration.views import sections
from jira_integration.views.standing import answer_health
from okr.access import require_admin
from okr.confirming import confirmed_recently
from okr.http import after, render_dialog
from okr.models import Person

TITLE = "Integrate with Jira"


@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def connect(request: HttpRequest) -> HttpResponse:
    admin = require_admin(request)
    sent = request.POST if request.method == "POST" else None
    form = CredentialsForm(sent, connection=JiraConnection.objects.first())
    if sent is not None and form.is_valid() and form.connects():
        return follow(request, form, admin)
    return answer_dialog(request, form)


def follow(request: HttpRequest, form: CredentialsForm, admin: Person) -> HttpResponse:
    """Turns the switch on with what Jira has just accepted, and shows the proof."""
    deeds.connect(form, admin)
    messages.success(request, form.proof(timezone.now()))
    return after(request, reverse("jira:integration"))


def answer_dialog(
    request: HttpRequest, form: CredentialsForm, title: str = TITLE, action: str = "jira:connect"
) -> HttpResponse:
    """The three boxes, with the checks up to the one that failed."""
    context = {
        "title": title,
        "form": form,
        "site": form.site,
        "action": reverse(action),
        "back": reverse("jira:integration"),
    }
    return render_dialog(request, "jira_integration/connect.html", context)


@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def credentials(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Failed credentials never replace those that work."""
    admin = require_admin(request)
    connection = site_or_404(pk)
    if connection is None or request.method != "POST":
        return redirect(sections.place(pk))
    form = ManagedCredentialsForm(request.POST, connection=connection)
    if not (form.is_valid() and form.connects()):
        return sections.answer_section(request, "credentials", form, pk, site=form.site)
    deeds.accept(form, admin)
    return sections.answer_saved(request, "credentials", form.proof(timezone.now()), pk)


@require_POST
def try_saved(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Tries what is saved; a success takes a failing connection up again."""
    admin = require_admin(request)
    connection = site_or_404(pk)
    if connection is None:
        return after(request, reverse("jira:integration"))
    form, passed = deeds.try_saved(connection, admin)
    return answer_health(request, pk, form, form.proof(timezone.now()) if passed else "")


@require_safe
def address(request: HttpRequest) -> HttpResponse:
    """What the server box is read as, while it is typed; nothing is asked of that server."""
    require_admin(request)
    try:
        site = read_address(request.GET.get("server", ""), policy_from_settings().allowed_hosts)
    except BadAddress:
        site = None
    return render(request, "jira_integration/_address.html", {"site": site})
