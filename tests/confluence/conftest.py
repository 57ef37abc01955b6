"""Fixtures of the Confluence room."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from confluence.models import ConfluenceConnection, ConfluenceSettings
from jira_sandbox.confluence.testing import SandboxConfluence
from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.sandbox import Sandbox
from okr.models import Cycle, KeyResult, Person
from tests.cast import make_key_result, make_objective
from tests.confluence.stage import EDITIONS, connect


@pytest.fixture
def wiki(request: pytest.FixtureRequest, settings: Settings) -> Iterator[SandboxConfluence]:
    """A small Confluence of three spaces; Cloud, unless the test names the editions."""
    sandbox = Sandbox(seeded_site("small"))
    server = sandbox.serve("127.0.0.1", 0)
    wiki = EDITIONS[getattr(request, "param", "cloud")](sandbox, server.address)
    settings.JIRA_ALLOWED_HOSTS = [server.address.removeprefix("http://")]
    try:
        yield wiki
    finally:
        sandbox.stop(server)


@pytest.fixture
def connection(wiki: SandboxConfluence, db: None) -> ConfluenceConnection:
    """Connected and switched on."""
    connection = connect(wiki)
    ConfluenceSettings.load().switch("enabled", on=True)
    wiki.forget_calls()
    return connection


@pytest.fixture
def key_result(ben: Person, cycle: Cycle) -> KeyResult:
    return make_key_result(make_objective(ben, cycle), title="Clinics set up by themselves")
