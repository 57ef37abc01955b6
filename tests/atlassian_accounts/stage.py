"""What the tests of this room stand on: a sandbox over HTTP, a connection to it, and readings."""

from urllib.parse import urlsplit

from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from atlassian_accounts import reading
from atlassian_accounts.client import read_site
from atlassian_accounts.connecting import examine_organization, examine_site
from atlassian_accounts.models import (
    Account,
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    Trigger,
)
from jira_integration.models import JiraConnection
from jira_sandbox.admin.testing import SandboxOrganization
from jira_sandbox.testing import SandboxJira

ADMIN = "ada@larkspur.example"


def host_of(jira: SandboxJira) -> str:
    return urlsplit(jira.url).netloc


def connect(
    organization: SandboxOrganization, email: str = ADMIN, label: str = "Head office"
) -> OrganizationConnection:
    """Through the same verbs as the Connect button."""
    key = organization.key
    examined = examine_organization(email, "", organization.id, key, policy_from_settings())
    assert examined.failure is None, examined.failure
    return _accepted(examined, key, label)


def connect_site(jira: SandboxJira, token: str, label: str = "Support site"):
    site = jira_site(jira)
    examined = examine_site(ADMIN, site.url, site, token, policy_from_settings())
    assert examined.failure is None, examined.failure
    return _accepted(examined, token, label)


def jira_site(jira: SandboxJira):
    return read_site(jira.url, policy_from_settings().allowed_hosts)


def _accepted(examined, secret: str, label: str) -> OrganizationConnection:
    connection = OrganizationConnection(label=label)
    connection.accept(examined, secret, None, timezone.now())
    AccountsSettings.load().turn_on()
    return connection


def read(connection: OrganizationConnection) -> AccountsRead:
    """One reading, carried out here and now; answers it as it ended."""
    run = AccountsRead.objects.ask(connection, Trigger.HAND)
    reading.read_waiting(connection.pk)
    run.refresh_from_db()
    connection.refresh_from_db()
    return run


def jira_room() -> JiraConnection:
    """A site of Cloud that the Jira room is connected to; nothing is asked of it."""
    told = {"server": "https://larkspur.atlassian.net", "token_saved_at": timezone.now()}
    return JiraConnection.objects.get_or_create(name="Larkspur", defaults=told)[0]


def account(email: str) -> Account:
    return Account.objects.get(email=email)
