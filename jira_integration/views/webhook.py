"""The one address that Jira calls: proven by its signature, stored and answered at once."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jira_integration import registering
from jira_integration.events_card import EventsCard
from jira_integration.models import JiraConnection, WebhookReceiver
from jira_integration.sealing import SealError
from jira_integration.views import sections
from jira_integration.webhooks import LARGEST, is_signed, read_hint, take
from okr.access import require_admin

logger = logging.getLogger(__name__)

REGISTERED = "Jira now tells us of every change. The first event proves it."
REMOVED = "The webhook is removed. Jira is read at its usual pace."


@csrf_exempt  # Jira sends no token of ours; the signature over the body is the proof
@login_not_required
@require_POST
def receive(request: HttpRequest, token: str) -> HttpResponse:
    """202 once it is stored. 503 makes Jira send it again; other refusals it never repeats."""
    body = _body(request)
    if body is None:
        return HttpResponse(status=413)
    try:
        return _answer(request, token, body)
    except (OperationalError, InterfaceError) as error:
        logger.warning("An event of Jira could not be stored: %s", error)
        return HttpResponse(status=503)


def _answer(request: HttpRequest, token: str, body: bytes) -> HttpResponse:
    receiver = WebhookReceiver.objects.at(token)
    try:
        signed = is_signed(receiver, body, request.headers.get("X-Hub-Signature", ""))
    except SealError:
        signed = False
    if receiver is None:
        return HttpResponse(status=404)
    if not signed:
        return HttpResponse(status=401)
    take(receiver, read_hint(body, request.headers), timezone.now())
    return HttpResponse(status=202)


def _body(request: HttpRequest) -> bytes | None:
    try:
        body = request.body
    except (RequestDataTooBig, UnreadablePostError):
        return None
    return body if len(body) <= LARGEST else None


@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Has Jira tell us of changes. Where the account may not ask that, shows what to enter."""
    require_admin(request)
    connection = JiraConnection.objects.first()
    if connection is None:
        return redirect("jira:integration")
    receiver = registering.register(connection)
    if receiver.number_in_jira:
        messages.success(request, REGISTERED)
        return redirect(reverse("jira:manage") + "#events")
    return _show(request, receiver)


@require_POST
def by_hand(request: HttpRequest) -> HttpResponse:
    """A new address and secret to enter in Jira: this answer is the only one that shows them."""
    require_admin(request)
    connection = JiraConnection.objects.first()
    if connection is None:
        return redirect("jira:integration")
    registering.remove(connection)
    return _show(request, WebhookReceiver.objects.open_for(connection))


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    if connection := JiraConnection.objects.first():
        registering.remove(connection)
        messages.info(request, REMOVED)
    return redirect(reverse("jira:manage") + "#events")


def _show(request: HttpRequest, receiver: WebhookReceiver) -> HttpResponse:
    events = EventsCard.load(receiver.connection, shown=receiver)
    return render(request, sections.PAGE, sections.page_context(events=events))
