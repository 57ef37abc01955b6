"""The one address that Jira calls: proven by its signature, stored and answered at once."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jira_integration.models import WebhookReceiver
from jira_integration.sealing import SealError
from jira_integration.webhooks import LARGEST, is_proven, read_hint, take

logger = logging.getLogger(__name__)


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
        signature, source = request.headers.get("X-Hub-Signature", ""), request.META["REMOTE_ADDR"]
        proven = is_proven(receiver, body, signature, source)
    except SealError:
        proven = False
    if receiver is None:
        return HttpResponse(status=404)
    if not proven:
        receiver.refuse(timezone.now())
        return HttpResponse(status=401)
    take(receiver, read_hint(body, request.headers), timezone.now())
    return HttpResponse(status=202)


def _body(request: HttpRequest) -> bytes | None:
    try:
        body = request.body
    except (RequestDataTooBig, UnreadablePostError):
        return None
    return body if len(body) <= LARGEST else None
