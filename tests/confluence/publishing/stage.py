"""A Confluence of either kind to publish in, as connecting to it leaves things."""

from confluence.models import ConfluenceConnection, ConfluenceSettings, PublishingSpace
from confluence.writing import spaces_of
from jira_sandbox.confluence.testing import SandboxConfluence, SandboxConfluenceDataCenter
from jira_sandbox.ledger import Call
from okr.sealing import seal
from tests.confluence.stage import connected

TITLE = "Platform: OKRs Autumn"


def connect(wiki: SandboxConfluence, token: str = "", api_base: str = "") -> ConfluenceConnection:
    """With publishing switched on."""
    cloud = not isinstance(wiki, SandboxConfluenceDataCenter)
    server = wiki.server if cloud else wiki.url
    api_base, token = api_base or server, token or wiki.token
    connection = connected(
        server=server,
        api_base=api_base,
        hosting="cloud" if cloud else "data_center",
        secret="api_token" if cloud else "access_token",
        email=wiki.email,
        account_id=wiki.account_id,
        sealed_token=seal(token, [server, api_base]),
    )
    ConfluenceSettings.load().switch("enabled", on=True)
    ConfluenceSettings.load().switch("publishing", on=True)
    return connection


def open_spaces(connection: ConfluenceConnection) -> list[PublishingSpace]:
    """All that the account sees."""
    PublishingSpace.objects.choose(connection, spaces_of(connection))
    return list(connection.publishing_spaces.all())


def calls(wiki: SandboxConfluence, *methods: str) -> list[Call]:
    return [call for call in wiki.calls if call.method in methods]
