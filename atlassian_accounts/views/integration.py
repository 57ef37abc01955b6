"""The page of the room: the switch, and how the reading of each organization stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlassian_accounts import deeds
from atlassian_accounts.models import AccountsRead, AccountsSettings, OrganizationConnection
from atlassian_accounts.standing import Card
from okr.access import require_admin
from okr.http import after, render_dialog, render_part

TURNED_OFF = "Atlassian accounts are not read any more. What was read is kept."
PAGE, CARDS = "atlassian_accounts/integration.html", "atlassian_accounts/_cards.html"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    cards = Card.of_each()
    context = {
        "title": "Atlassian Accounts",
        "settings": AccountsSettings.load(),
        "cards": cards,
        "is_reading": any(card.run for card in cards),
        "pause": Card.pause,
    }
    return render_part(request, PAGE, CARDS, context)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Turning off asks first; turning on needs something to read."""
    admin = require_admin(request)
    if AccountsSettings.load().enabled:
        return after(request, reverse("accounts:turn_off"))
    if not OrganizationConnection.objects.exists():
        return after(request, reverse("accounts:connect"))
    deeds.turn_on(admin)
    return after(request, reverse("accounts:integration"))


@require_http_methods(["GET", "HEAD", "POST"])
def turn_off(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    page_url = reverse("accounts:integration")
    if request.method == "POST":
        deeds.turn_off()
        messages.info(request, TURNED_OFF)
    if not AccountsSettings.load().enabled:
        return after(request, page_url)
    context = {"title": "Stop reading Atlassian accounts?", "back": page_url}
    return render_dialog(request, "atlassian_accounts/turn_off.html", context)


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    admin = require_admin(request)
    connection = get_object_or_404(OrganizationConnection, pk=pk)
    if AccountsSettings.load().enabled and not connection.suspended:
        deeds.refresh(connection, admin)
    return after(request, reverse("accounts:integration"))


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    connection = get_object_or_404(OrganizationConnection, pk=pk)
    for run in AccountsRead.objects.open().filter(connection=connection):
        deeds.cancel(run)
    return after(request, reverse("accounts:integration"))
