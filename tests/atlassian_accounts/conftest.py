"""Fixtures of the room of Atlassian accounts."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from atlassian_accounts.models import OrganizationConnection
from jira_sandbox.admin.testing import SandboxOrganization, above
from jira_sandbox.testing import SandboxJira, running_sandbox
from tests.atlassian_accounts.stage import connect, host_of


@pytest.fixture
def jira(settings: Settings) -> Iterator[SandboxJira]:
    """A small site with an organization above it; the gateway is the sandbox as well."""
    with running_sandbox("small") as sandbox:
        settings.JIRA_ALLOWED_HOSTS = [host_of(sandbox)]
        settings.JIRA_GATEWAY = sandbox.url
        settings.JIRA_ANSWER_SECONDS = 2
        yield sandbox


@pytest.fixture
def organization(jira: SandboxJira) -> SandboxOrganization:
    return above(jira)


@pytest.fixture
def connection(organization: SandboxOrganization, jira: SandboxJira, db: None):
    """Connected, and reading is on."""
    found: OrganizationConnection = connect(organization)
    jira.forget_calls()
    return found
