"""What the connected account may do in Jira, and why one issue cannot be read."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jira_integration.client import JiraError
from jira_integration.explain import explain_to_asker
from jira_integration.forms.rights import KeyForm
from jira_integration.models import IntegrationSettings, JiraConnection
from jira_integration.rights import BY_PROJECT, RightsPage, read_rights
from jira_integration.sites import site_of
from jira_integration.unreadable import diagnose
from okr.access import person_of, require_admin
from okr.http import Context


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    connection = site_of(request)
    if connection is None:
        return redirect("jira:integration")
    form = KeyForm(request.GET if "key" in request.GET else None)
    context = {
        "title": "Rights in Jira",
        "connection": connection,
        "sites": JiraConnection.objects.all(),
        "rights": RightsPage.of(connection),
        "columns": BY_PROJECT,
        "form": form,
        "may_see": IntegrationSettings.load().may_link(person_of(request)),
        **_diagnosed(connection, form),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "jira_integration/rights.html", context, status=status)


def _diagnosed(connection: JiraConnection, form: KeyForm) -> Context:
    if not form.is_bound or not form.is_valid():
        return {}
    try:
        return {"diagnosis": diagnose(connection, form.cleaned_data["key"])}
    except JiraError as error:
        form.add_error("key", explain_to_asker(error).sentence)
    return {}


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Asks Jira now; where that fails, what was known before stays."""
    require_admin(request)
    connection = site_of(request)
    if connection is None:
        return redirect("jira:integration")
    try:
        read_rights(connection, timezone.now())
    except JiraError as error:
        messages.error(request, explain_to_asker(error).sentence)
    else:
        messages.success(request, "The rights were read.")
    return redirect(f"{reverse('jira:rights')}?site={connection.pk}")
