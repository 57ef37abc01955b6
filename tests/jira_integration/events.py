"""Events as Jira sends them: a signed POST to the address that was given to it."""

import hmac
import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from jira_integration.models import JiraConnection, WebhookDelivery, WebhookReceiver

UPDATED, DELETED = "jira:issue_updated", "jira:issue_deleted"


def opened() -> WebhookReceiver:
    return WebhookReceiver.objects.open_for(JiraConnection.objects.get())


def body_of(issue_id: int, event: str = UPDATED, **more: Any) -> bytes:
    issue = {"id": str(issue_id), "key": "DEMO-1", "fields": {"status": {"name": "Done"}}}
    sent = {"timestamp": 1_772_000_000_000, "webhookEvent": event, "issue": issue}
    return json.dumps(sent | more).encode()


def signature(receiver: WebhookReceiver, body: bytes) -> str:
    return "sha256=" + hmac.new(receiver.secret.encode(), body, sha256).hexdigest()


def send(receiver: WebhookReceiver, body: bytes, signed: str = "", **headers: str) -> Any:
    """Posts with the right signature, unless another is given."""
    signed = signed or signature(receiver, body)
    named = {"X-Hub-Signature": signed, **headers}
    return post(urlsplit(receiver.url).path, body, named)


def post(path: str, body: bytes, headers: dict[str, str]) -> Any:
    client = Client(enforce_csrf_checks=True)
    return client.post(path, body, "application/json", headers=headers)


def identified(number: int) -> dict[str, str]:
    return {"X-Atlassian-Webhook-Identifier": f"identifier-{number}"}


def unread() -> set[int | None]:
    """The issues that Jira told of and that were not read since."""
    return set(WebhookDelivery.objects.unread().values_list("issue_id", flat=True))


def tell(receiver: WebhookReceiver, *issue_ids: int) -> None:
    """As if Jira had sent an event of each, without asking for a reading."""
    told = [(uuid4().hex, UPDATED, issue_id) for issue_id in issue_ids]
    WebhookDelivery.objects.keep(receiver, told, timezone.now())
