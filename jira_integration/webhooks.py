"""What Jira tells us, taken as a hint: who changed is read again, nothing else is believed."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address
from typing import Any, NamedTuple

from django.conf import settings

from atlassian.client.shapes import ShapeError, number, table, text
from atlassian.sealing import unseal
from jira_integration.models import (
    IntegrationSettings,
    SyncRun,
    Trigger,
    WebhookDelivery,
)
from jira_integration.models.webhook import WebhookReceiver, decoy
from okr.outgoing import BodyError, decode

LARGEST = 1_000_000
METHOD = "sha256"
ISSUE_EVENTS = ("jira:issue_created", "jira:issue_updated", "jira:issue_deleted")


class Hint(NamedTuple):
    """`issue_id` is None where a signed event is of no use to us."""

    key: str
    event: str = ""
    issue_id: int | None = None


def is_proven(receiver: WebhookReceiver | None, body: bytes, signature: str, source: str) -> bool:
    """Whether Jira sent this, as far as it can be known: signed where Jira signs; else the address
    itself is the secret, and the operator may have named the networks that Jira calls from."""
    signed = is_signed(receiver, body, signature)
    if receiver is None or receiver.signs:
        return signed
    return not settings.JIRA_WEBHOOK_SOURCES or _comes_from_jira(source)


def _comes_from_jira(source: str) -> bool:
    try:
        address = ip_address(source)
    except ValueError:
        return False
    return any(address in network for network in settings.JIRA_WEBHOOK_SOURCES)


def is_signed(receiver: WebhookReceiver | None, body: bytes, signature: str) -> bool:
    """Whether Jira sent this body. Costs the same work where there is no receiver."""
    secret = receiver.secret if receiver else unseal(decoy(), ["webhook secret", ""])
    expected = hmac.new(secret.encode(), body, sha256).hexdigest()
    method, _, given = signature.partition("=")
    same = hmac.compare_digest(expected.encode(), given.strip().encode("utf-8", "replace"))
    return same and method.strip() == METHOD and receiver is not None


def read_hint(body: bytes, identifier: str) -> Hint:
    """Which issue a signed body names; whatever else it says is left unread."""
    delivery = identifier.strip()
    unusable = delivery or sha256(body).hexdigest()
    try:
        sent = decode(body)
        event = text(sent, "webhookEvent")[:60]
    except (BodyError, ShapeError):
        return Hint(_bounded(unusable))
    try:
        issue_id = number(table(sent, "issue"), "id")
    except ShapeError:
        return Hint(_bounded(unusable), event)
    if event not in ISSUE_EVENTS:
        return Hint(_bounded(unusable), event)
    return Hint(_bounded(delivery or _named(sent, event, issue_id) or unusable), event, issue_id)


def _named(sent: Any, event: str, issue_id: int) -> str:
    """What stands for an identifier where Jira gives none; empty where it has no moment either."""
    try:
        return f"{event} {issue_id} {number(sent, 'timestamp')}"
    except ShapeError:
        return ""


def take(receiver: WebhookReceiver, hints: Sequence[Hint], now: datetime) -> bool:
    """Stores proven events once; whether they name issues that a worker has to read again."""
    if not hints:
        return False
    if not receiver.signs and WebhookDelivery.objects.is_flooded(receiver.connection_id):
        return False  # the next complete reading finds what changed
    return WebhookDelivery.objects.keep(receiver, hints, now)


def ask_for_reading(receiver: WebhookReceiver) -> None:
    """One waiting run is enough, however many events come; a site in trouble is left to heal."""
    connection = receiver.connection
    healthy = not (connection.suspended or connection.failure_code)
    waiting = SyncRun.objects.waiting(connection.pk, Trigger.WEBHOOK)
    if healthy and not waiting.exists() and IntegrationSettings.load().enabled:
        SyncRun.objects.ask(connection, Trigger.WEBHOOK, not_before=receiver.breathes_until)


def _bounded(key: str) -> str:
    """As a key of at most 200 characters, free of what a database does not take."""
    plain = len(key) <= 200 and key.isprintable()
    return key if plain else sha256(key.encode("utf-8", "replace")).hexdigest()
