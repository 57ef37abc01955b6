"""The dialog that creates a Jira issue for a key result, and what Jira offers meanwhile."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jira_integration.client import JiraError
from jira_integration.explain import explain, explain_to_asker
from jira_integration.forms.creating import CreateForm
from jira_integration.into_jira.creating import NotCreatedError, create, is_linked, link_again
from jira_integration.into_jira.offering import look_up, usual_project
from jira_integration.into_jira.signs import is_seen_by_all
from jira_integration.models import IssueRequest, JiraConnection, JiraWriting
from jira_integration.models.issue_request import Outcome
from jira_integration.siting import site_with, usual_site
from jira_integration.views.links import linkable
from okr.access import person_of
from okr.http import after, render_dialog
from okr.models import KeyResult

NOT_SWITCHED_ON = (
    "Creating Jira issues from here is not switched on. An OKR admin can switch it on under"
    " Manage Integration, Into Jira."
)
NOT_FOR_ALL = (
    "Not everybody may read this objective, so nothing of it is written into Jira."
    " Create the issue in Jira, then link it here."
)
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
    creating = JiraWriting.objects.creating()
    on = [site for site in sites if site.pk in creating]
    if not on:
        raise PermissionDenied(NOT_SWITCHED_ON)
    if not is_seen_by_all(key_result):
        raise PermissionDenied(NOT_FOR_ALL)
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
    found, ours = IssueRequest.objects.claim(token, asked.key_result, asked.connection, by)
    try:
        if ours:
            return create(found, form.wish)
        if found.outcome == Outcome.CREATED and not is_linked(found):
            link_again(found)
    except NotCreatedError as error:
        form.add_error(error.field, str(error))
        return None
    except JiraError as error:
        form.add_error(None, explain_to_asker(error).sentence)
        return None
    if found.outcome == Outcome.UNKNOWN:
        form.add_error(None, explain("create_unknown", {}).sentence)
        return None
    return found.key
