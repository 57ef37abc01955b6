"""The client of a connection, and that it still answers for what was connected."""

from atlassian.client import AnonymousAnswer
from atlassian_accounts.client import OrganizationClient, SiteClient
from atlassian_accounts.models import OrganizationConnection

Client = OrganizationClient | SiteClient


def client_of(connection: OrganizationConnection) -> Client:
    """Raises SealError where its secret was sealed for something else."""
    if connection.is_organization:
        return connection.organization_client()
    return connection.site_client()


def prove(connection: OrganizationConnection, client: Client) -> None:
    """That the key still is for this organization, or the token that of the connected account."""
    if isinstance(client, OrganizationClient):
        client.organization()
    elif client.myself().id != connection.account_id:
        raise AnonymousAnswer(host=connection.host, email=connection.admin_email)
