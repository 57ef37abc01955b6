"""A Confluence of either kind to publish in, as connecting to it leaves things."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from confluence.models import ConfluenceConnection, ConfluenceSettings, PublishingSpace
from confluence.writing import spaces_of
from jira_sandbox.confluence.testing import (
    SandboxConfluence,
    running_confluence,
    running_confluence_data_center,
)
from okr.sealing import seal
from tests.confluence.stage import connected

CLOUD, DATA_CENTER = "cloud", "data_center"
EDITIONS = [CLOUD, DATA_CENTER]


@contextmanager
def running(edition: str) -> Iterator[SandboxConfluence]:
    start = running_confluence if edition == CLOUD else running_confluence_data_center
    with start("small") as wiki:
        yield wiki


def connect(wiki: SandboxConfluence, token: str = "", api_base: str = "") -> ConfluenceConnection:
    """With publishing switched on."""
    cloud = isinstance(wiki, SandboxConfluence) and wiki.context == "/wiki"
    server = wiki.server if cloud else wiki.url
    api_base, token = api_base or server, token or wiki.token
    connection = connected(
        server=server,
        api_base=api_base,
        hosting=CLOUD if cloud else DATA_CENTER,
        secret="api_token" if cloud else "access_token",
        email=wiki.email,
        account_id=wiki.account_id,
        sealed_token=seal(token, [server, api_base]),
    )
    settings = ConfluenceSettings.load()
    settings.switch("enabled", on=True)
    ConfluenceSettings.load().switch("publishing", on=True)
    return connection


def host_of(wiki: SandboxConfluence) -> str:
    return urlsplit(wiki.server).netloc


def open_spaces(connection: ConfluenceConnection) -> list[PublishingSpace]:
    """All that the account sees."""
    PublishingSpace.objects.choose(connection, spaces_of(connection))
    return list(connection.publishing_spaces.all())
