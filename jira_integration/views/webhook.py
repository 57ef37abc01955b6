"""The one address that Jira calls: proven by its signature, stored and answered at once."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jira_integration.door import Call, answer
from jira_integration.webhooks import LARGEST, ask_for_reading

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
        given = answer(_call(request, token, body))
        if given.asks:
            ask_for_reading(given.asks)
    except (OperationalError, InterfaceError) as error:
        logger.warning("An event of Jira could not be stored: %s", error)
        return HttpResponse(status=503)
    return HttpResponse(status=given.status)


def _call(request: HttpRequest, token: str, body: bytes) -> Call:
    signature = request.headers.get("X-Hub-Signature", "")
    identifier = request.headers.get("X-Atlassian-Webhook-Identifier", "")
    return Call(token, body, signature, request.META["REMOTE_ADDR"], identifier)


def _body(request: HttpRequest) -> bytes | None:
    try:
        body = request.body
    except (RequestDataTooBig, UnreadablePostError):
        return None
    return body if len(body) <= LARGEST else None
