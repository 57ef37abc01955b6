"""Asks Jira to tell us what changes, where the account may; else an administrator enters it."""

from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from jira_integration.client import Forbidden, Hook, JiraClient, JiraError, SiteAddress
from jira_integration.explain import facts_of
from jira_integration.models import Hosting, JiraConnection, WebhookReceiver
from jira_integration.webhooks import ISSUE_EVENTS
from okr.audit import noted

ADMINISTER = "ADMINISTER"
SECONDS = 10.0
LOCAL_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".home.arpa")


def can_be_reached(connection: JiraConnection) -> bool:
    """Whether this Jira can call us: one out on the internet never reaches a private address, and
    none reaches the machine that it calls its own."""
    site = SiteAddress.from_url(connection.server)
    if f"{site.host}:{site.port}" in settings.JIRA_ALLOWED_HOSTS:
        return True
    us = urlsplit(settings.PUBLIC_ADDRESS).hostname or ""
    beside = connection.hosting == Hosting.DATA_CENTER
    return not (is_loopback(us) if beside else is_private(us))


def is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(LOCAL_ENDINGS)


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def register(connection: JiraConnection) -> WebhookReceiver:
    """Opens an address and enters it in Jira; what stood in the way is kept with the receiver.

    The webhook of before is taken out of Jira first, so that none is left behind.
    """
    receiver = _open(connection)
    try:
        with connection.client(SECONDS) as client:
            receiver.signs = client.signs_webhooks()
            receiver.number_in_jira = _enter(client, receiver)
    except JiraError as error:
        receiver.failure_code, receiver.failure_facts = error.code, facts_of(error)
    receiver.save(update_fields=["signs", "number_in_jira", "failure_code", "failure_facts"])
    return receiver


def open_by_hand(connection: JiraConnection) -> WebhookReceiver:
    """An address for a person to enter; a Jira that does not say whether it signs has to sign."""
    receiver = _open(connection)
    with suppress(JiraError), connection.client(SECONDS) as client:
        receiver.signs = client.signs_webhooks()
        receiver.save(update_fields=["signs"])
    return receiver


def remove(connection: JiraConnection) -> None:
    """Closes the address. Jira is told as well, as far as it listens to us."""
    receiver = WebhookReceiver.objects.of(connection)
    if receiver is None:
        return
    if receiver.number_in_jira:
        with suppress(JiraError), connection.client(SECONDS) as client:
            client.remove_webhook(receiver.number_in_jira)
    with noted("jira.webhook_closed", receiver, label=str(connection)):
        receiver.delete()


def on_connecting(connection: JiraConnection) -> None:
    """What a person should not have to think of; an address that works is left as it is."""
    if can_be_reached(connection) and WebhookReceiver.objects.of(connection) is None:
        register(connection)


def _open(connection: JiraConnection) -> WebhookReceiver:
    remove(connection)
    with noted("jira.webhook_opened", label=str(connection)) as note:
        note.about = receiver = WebhookReceiver.objects.open_for(connection)
    return receiver


def _enter(client: JiraClient, receiver: WebhookReceiver) -> str:
    if ADMINISTER not in client.permissions([ADMINISTER]):
        raise Forbidden(host=receiver.connection.host)
    secret = receiver.secret if receiver.signs else ""
    return client.register_webhook(Hook(settings.PRODUCT_NAME, receiver.url, secret, ISSUE_EVENTS))
