"""Asks Jira to tell us what changes, where the account may; else an administrator enters it."""

from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from jira_integration.client import CloudClient, Forbidden, JiraError, SiteAddress
from jira_integration.explain import facts_of
from jira_integration.models import JiraConnection, WebhookReceiver
from jira_integration.webhooks import ISSUE_EVENTS

ADMINISTER = "ADMINISTER"
SECONDS = 10.0
LOCAL_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".home.arpa")


def can_be_reached(connection: JiraConnection) -> bool:
    """Whether this Jira can call us: one out on the internet never reaches a private address."""
    site = SiteAddress.from_url(connection.server)
    listed = f"{site.host}:{site.port}" in settings.JIRA_ALLOWED_HOSTS
    return listed or not is_private(urlsplit(settings.PUBLIC_ADDRESS).hostname or "")


def is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(LOCAL_ENDINGS)


def register(connection: JiraConnection) -> WebhookReceiver:
    """Opens an address and enters it in Jira; what stood in the way is kept with the receiver.

    The webhook of before is taken out of Jira first, so that none is left behind.
    """
    remove(connection)
    receiver = WebhookReceiver.objects.open_for(connection)
    try:
        receiver.number_in_jira = _enter(connection, receiver)
    except JiraError as error:
        receiver.failure_code, receiver.failure_facts = error.code, facts_of(error)
    receiver.save(update_fields=["number_in_jira", "failure_code", "failure_facts"])
    return receiver


def remove(connection: JiraConnection) -> None:
    """Closes the address. Jira is told as well, as far as it listens to us."""
    receiver = WebhookReceiver.objects.of(connection)
    if receiver is None:
        return
    if receiver.number_in_jira:
        with suppress(JiraError), connection.client(SECONDS) as client:
            if isinstance(client, CloudClient):
                client.remove_webhook(receiver.number_in_jira)
    receiver.delete()


def on_connecting(connection: JiraConnection) -> None:
    """What a person should not have to think of; an address that works is left as it is."""
    if can_be_reached(connection) and WebhookReceiver.objects.of(connection) is None:
        register(connection)


def _enter(connection: JiraConnection, receiver: WebhookReceiver) -> str:
    with connection.client(SECONDS) as client:
        if not isinstance(client, CloudClient) or ADMINISTER not in client.permissions(
            [ADMINISTER]
        ):
            raise Forbidden(host=connection.host)
        return client.register_webhook(
            settings.PRODUCT_NAME, receiver.url, receiver.secret, ISSUE_EVENTS
        )
