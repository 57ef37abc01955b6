"""The page of Confluence under OKR Admin: connection, switches, what was read of late."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlassian.allowed_calls import policy_from_settings
from atlassian.client import BadAddress
from confluence import deeds
from confluence.client import read_address
from confluence.forms.credentials import CredentialsForm
from confluence.models import ConfluenceConnection, ConfluenceSettings, PagesRead, Publication
from confluence.standing import Standing
from confluence.writing import what_is_missing
from okr.access import person_of, require_admin
from okr.confirming import confirmed_recently
from okr.http import after, render_dialog, sent, wants_part

TITLE, CONNECT = "Confluence", "Connect Confluence"
SHOWN = 20
TURNED = {
    ("enabled", True): "On. Pages can be attached to key results and check-ins.",
    ("enabled", False): "Off. What was attached is kept, and read no longer.",
    ("publishing", True): "On. OKRs can be published as Confluence pages.",
    ("publishing", False): "Off. What was published stays in Confluence as it is.",
}
ASKED = "Attached pages are read in a moment."
REMOVED = "Confluence is no longer connected."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    return _answer(request)


@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def connect(request: HttpRequest) -> HttpResponse:
    """Failed credentials never replace those that work. Who came by a switch has it turned on."""
    require_admin(request)
    form = CredentialsForm(sent(request), connection=ConfluenceConnection.objects.first())
    if form.is_bound and form.is_valid() and form.connects():
        deeds.connect(form)
        if request.GET.get("turn") == "enabled":
            deeds.switch("enabled", on=True)
        messages.success(request, form.proof)
        return after(request, reverse("confluence:integration"))
    context = {
        "title": CONNECT,
        "form": form,
        "site": form.site,
        "back": reverse("confluence:integration"),
    }
    return render_dialog(request, "confluence/connect.html", context)


@require_POST
def switch(request: HttpRequest, name: str) -> HttpResponse:
    """Without a connection there is nothing to switch on: connecting comes first."""
    require_admin(request)
    if name not in deeds.SWITCHES:
        raise Http404
    connection = ConfluenceConnection.objects.first()
    if connection is None:
        return after(request, f"{reverse('confluence:connect')}?turn={name}")
    on = not getattr(ConfluenceSettings.load(), name)
    if on and name == "publishing" and (missing := what_is_missing(connection)):
        messages.error(request, missing.sentence)
        return after(request, reverse("confluence:integration"))
    deeds.switch(name, on=on)
    messages.success(request, TURNED[name, on])
    return after(request, reverse("confluence:integration"))


@require_POST
def try_saved(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    connection = ConfluenceConnection.objects.first()
    if connection is None:
        return after(request, reverse("confluence:integration"))
    form, passed = deeds.try_saved(connection)
    return _answer(request, tested=form, proof=form.proof if passed else "")


@require_POST
def read_now(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    if deeds.read_now(person_of(request)):
        messages.info(request, ASKED)
    return after(request, reverse("confluence:integration"))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def remove(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    connection, back = ConfluenceConnection.objects.first(), reverse("confluence:integration")
    if connection and request.method == "POST":
        deeds.remove(connection)
        messages.info(request, REMOVED)
    if connection is None or request.method == "POST":
        return after(request, back)
    context = {
        "title": "Remove this connection?",
        "standing": Standing.load(),
        "back": back,
    }
    return render_dialog(request, "confluence/remove.html", context)


@require_safe
def address(request: HttpRequest) -> HttpResponse:
    """What the address box is read as, while it is typed; nothing is asked of that server."""
    require_admin(request)
    try:
        site = read_address(request.GET.get("server", ""), policy_from_settings().allowed_hosts)
    except BadAddress:
        site = None
    return render(request, "confluence/_address.html", {"site": site})


def _answer(
    request: HttpRequest, tested: CredentialsForm | None = None, proof: str = ""
) -> HttpResponse:
    standing = Standing.load()
    context: dict[str, Any] = {
        "title": TITLE,
        "standing": standing,
        "connection": standing.connection,
        "readings": PagesRead.objects.newest_first()[:SHOWN],
        "publications": Publication.objects.select_related("by", "page")[:SHOWN],
        "now": timezone.now(),
        "tested": tested,
        "proof": proof,
    }
    failed = tested is not None and not proof
    template = "confluence/_connection.html" if wants_part(request) else "confluence/page.html"
    return render(request, template, context, status=422 if failed else 200)
