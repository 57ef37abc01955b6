"""The dialog that creates a Jira issue for a key result, and what Jira offers meanwhile."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jira_integration.admission import sites_to_create
from jira_integration.forms.creating import CreateForm
from jira_integration.into_jira.creating import NotCreatedError, carry_out
from jira_integration.into_jira.offering import look_up, usual_project
from jira_integration.models import JiraConnection
from jira_integration.siting import site_with, usual_site
from jira_integration.views.links import linkable
from okr.access import person_of
from okr.http import after, render_dialog
from okr.models import KeyResult

CREATED = "{key} is created and linked. The progress follows in a moment."
UNDER_WAY = "The issue is being created. It appears here in a moment."
CHOICES = "create-choices"
"""The id of the part that a choice replaces."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dialog is about, and where it would create."""

    key_result: KeyResult
    sites: list[JiraConnection]
    connection: JiraConnection

    @property
    def url(self) -> str:
        return reverse("jira:create", args=[self.key_result.pk])

    @property
    def back(self) -> str:
        return reverse("okr:key_result", args=[self.key_result.pk])

    @property
    def site_choices(self) -> list[tuple[str, str]]:
        return [(str(each.pk), f"{each.name} ({each.host})") for each in self.sites]


@require_http_methods(["GET", "HEAD", "POST"])
def dialog(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _asked(request, pk)
    if request.method != "POST" or "look" in request.POST:
        return _offer(request, asked, _form(request, asked))
    form = CreateForm(request.POST, url=asked.url, several=len(asked.sites) > 1)
    if form.is_valid():
        key = _carry_out(request, asked, form)
        if key is not None:
            said = CREATED.format(key=key) if key else UNDER_WAY
            messages.success(request, said)
            return after(request, asked.back)
    return _offer(request, asked, form)


def _asked(request: HttpRequest, pk: int) -> Asked:
    """403 with the reason for whoever may not create here, or where nobody may."""
    key_result, sites = linkable(request, pk)
    on = sites_to_create(key_result, sites)
    named = request.POST.get("site", "")
    chosen = site_with(int(named), on) if named.isdecimal() and len(named) < 10 else None
    return Asked(key_result, on, chosen or usual_site(on, person_of(request)))


def _form(request: HttpRequest, asked: Asked) -> CreateForm:
    """With what was chosen so far, and with what suggests itself."""
    initial = {
        "token": str(uuid4()),
        "site": str(asked.connection.pk),
        "project": usual_project(asked.key_result, asked.connection),
        "summary": asked.key_result.title,
        **request.POST.dict(),
    }
    return CreateForm(initial=initial, url=asked.url, several=len(asked.sites) > 1)


def _offer(request: HttpRequest, asked: Asked, form: CreateForm) -> HttpResponse:
    """The dialog with what Jira offers for the choices so far; htmx may ask for that part alone."""
    told = form.data if form.is_bound else form.initial
    chosen, kind = str(told.get("project", "")), str(told.get("type", ""))
    offer = look_up(asked.connection, chosen, kind, person_of(request))
    if not form.is_bound:
        form.initial.update(project=offer.project or chosen, type=offer.type_id)
    form.offer(offer, asked.site_choices)
    context = {
        "title": "Create Jira issue",
        "key_result": asked.key_result,
        "connection": asked.connection,
        "form": form,
        "offer": offer,
        "action": asked.url,
        "back": asked.back,
    }
    if request.headers.get("HX-Target") == CHOICES:
        return render(request, "jira_integration/_create_choices.html", context)
    return render_dialog(request, "jira_integration/create.html", context)


def _carry_out(request: HttpRequest, asked: Asked, form: CreateForm) -> str | None:
    """The key; empty while another press is being answered, None where there is an error to see."""
    token, by = form.cleaned_data["token"], person_of(request)
    try:
        return carry_out(token, asked.key_result, asked.connection, form.wish, by).key
    except NotCreatedError as error:
        form.add_error(error.field, str(error))
        return None
