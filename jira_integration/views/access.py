"""Who may link: everybody, or those who are ticked in `Edit Jira Users`."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jira_integration import deeds
from jira_integration.forms.access import AccessForm, Picking
from jira_integration.models import IntegrationSettings, WhoMayLink
from jira_integration.takeaway import people_sheet
from jira_integration.views.sections import Reach, answer_saved, answer_section
from okr import exports
from okr.access import require_admin
from okr.http import after, render_dialog

LIST = "people"
"""The id of the part that a search, a page and "Select all" replace."""


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Selected people are chosen by name first, so that choice leads to the list."""
    require_admin(request)
    if request.method != "POST":
        return redirect("jira:manage")
    form, settings = AccessForm(request.POST), IntegrationSettings.load()
    if not form.is_valid():
        return answer_section(request, "access", form)
    if form.cleaned_data["who_may_link"] == WhoMayLink.ALL:
        deeds.allow_everybody(settings)
        return answer_saved(request, "access", f"Saved. {Reach.of(settings).sentence}")
    return after(request, reverse("jira:users"))


@require_http_methods(["GET", "HEAD", "POST"])
def users(request: HttpRequest) -> HttpResponseBase:
    require_admin(request)
    settings = IntegrationSettings.load()
    if exports.is_wanted(request):
        return exports.download(request, people_sheet(settings))
    picking = Picking(settings, request.POST if request.method == "POST" else None)
    if "save" not in request.POST:
        return _answer_list(request, picking)
    if not picking.save():
        return _answer_list(request, picking, form=picking.form)
    messages.success(request, f"Saved. {Reach.of(settings).sentence}")
    return after(request, reverse("jira:manage"))


def _answer_list(request: HttpRequest, picking: Picking, **more: Any) -> HttpResponse:
    context = {"title": "Edit Jira Users", "picking": picking, "back": reverse("jira:manage")}
    if request.headers.get("HX-Target") == LIST:
        return render(request, "jira_integration/_people.html", context)
    return render_dialog(request, "jira_integration/users.html", context | more)
