"""The dialogs that connect an organization, change what it is read with, and let it go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from atlassian_accounts import deeds
from atlassian_accounts.forms.connect import ConnectForm
from atlassian_accounts.models import OrganizationConnection
from okr.access import require_admin
from okr.confirming import confirmed_recently
from okr.http import after, render_dialog, sent
from okr.models import Person

PROOF = "{label} is connected."
SECRETS = ("organization_key", "api_token")


@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def connect(request: HttpRequest) -> HttpResponse:
    admin = require_admin(request)
    return _dialog(request, admin, ConnectForm(sent(request)), "Connect an organization")


@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What is refused never replaces what works."""
    admin = require_admin(request)
    connection = get_object_or_404(OrganizationConnection, pk=pk)
    form = ConnectForm(sent(request), connection=connection)
    return _dialog(request, admin, form, f"Connection of {connection}")


def _dialog(request: HttpRequest, admin: Person, form: ConnectForm, title: str) -> HttpResponse:
    page = reverse("accounts:integration")
    accepted = form.is_bound and form.is_valid() and form.connects()
    if accepted and (connection := deeds.connect(form, admin)):
        messages.success(request, PROOF.format(label=connection.label))
        return after(request, page)
    context = {"title": title, "form": form, "back": page}
    return render_dialog(request, "atlassian_accounts/connect.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    connection = get_object_or_404(OrganizationConnection, pk=pk)
    page = reverse("accounts:integration")
    if request.method == "POST":
        deeds.pause(connection)
        return after(request, page)
    context = {"title": f"Pause {connection}?", "back": page}
    return render_dialog(request, "atlassian_accounts/pause.html", context)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    admin = require_admin(request)
    deeds.go_on(get_object_or_404(OrganizationConnection, pk=pk), admin)
    return after(request, reverse("accounts:integration"))


@require_http_methods(["GET", "HEAD", "POST"])
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    connection = get_object_or_404(OrganizationConnection, pk=pk)
    page = reverse("accounts:integration")
    if request.method == "POST":
        deeds.disconnect(connection)
        messages.info(request, f"{connection} is disconnected.")
        return after(request, page)
    context = {
        "title": f"Disconnect {connection}?",
        "number": connection.accounts.count(),
        "back": page,
    }
    return render_dialog(request, "atlassian_accounts/disconnect.html", context)
