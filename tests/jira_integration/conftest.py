"""Fixtures of the Jira room."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from jira_integration.into_jira.rights import CREATES, SHOWS
from jira_integration.models import IntegrationSettings, JiraConnection, JiraWriting
from jira_sandbox.testing import SandboxJira
from okr.models import Cycle, KeyResult, Person
from tests.cast import make_key_result, make_objective
from tests.editions import running_edition
from tests.jira_integration.stage import connect, host_of, link, read


@pytest.fixture
def jira(request: pytest.FixtureRequest, settings: Settings) -> Iterator[SandboxJira]:
    """A small Jira of one project, DEMO: seven Done, two In Progress, four To Do.

    Cloud, unless the test is marked with the editions that it runs on.
    """
    with running_edition(getattr(request, "param", "cloud"), "small") as sandbox:
        settings.JIRA_ALLOWED_HOSTS = [host_of(sandbox)]
        settings.JIRA_ANSWER_SECONDS = 2
        yield sandbox


@pytest.fixture
def connection(jira: SandboxJira, db: None) -> JiraConnection:
    """Connected and turned on."""
    connection = connect(jira)
    IntegrationSettings.load().turn_on()
    jira.forget_calls()
    return connection


@pytest.fixture
def support_jira(jira: SandboxJira, settings: Settings) -> Iterator[SandboxJira]:
    """Another small Jira: the same keys and the same numbers are other issues there."""
    with running_edition("cloud", "small") as sandbox:
        settings.JIRA_ALLOWED_HOSTS = [*settings.JIRA_ALLOWED_HOSTS, host_of(sandbox)]
        yield sandbox


@pytest.fixture
def support(connection: JiraConnection, support_jira: SandboxJira) -> JiraConnection:
    """Connected as a second site."""
    site = connect(support_jira, name="Support")
    support_jira.forget_calls()
    return site


@pytest.fixture
def showing(connection: JiraConnection) -> JiraWriting:
    """Issues show their key results."""
    return _switched_on(connection, SHOWS)


@pytest.fixture
def creating(connection: JiraConnection) -> JiraWriting:
    """People may create issues."""
    return _switched_on(connection, CREATES)


def _switched_on(connection: JiraConnection, name: str) -> JiraWriting:
    writing = JiraWriting.objects.of(connection)
    writing.switch(name, on=True)
    return writing


@pytest.fixture
def key_result(ben: Person, cycle: Cycle) -> KeyResult:
    """Ben's, at 40 of 100 by hand."""
    return make_key_result(
        make_objective(ben, cycle), at="40", title="Clinics set up by themselves"
    )


@pytest.fixture
def followed(connection: JiraConnection, key_result: KeyResult) -> KeyResult:
    """Thirteen issues: seven Done, two In Progress, four To Do."""
    link(key_result, *(f"DEMO-{number}" for number in range(1, 14)))
    read()
    key_result.refresh_from_db()
    return key_result


@pytest.fixture
def linked(connection: JiraConnection, key_result: KeyResult) -> KeyResult:
    """An issue In Progress and one To Do: 25 percent."""
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    return key_result
