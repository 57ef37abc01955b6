"""One fresh sandbox for each test, and callers that reach it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from jira_sandbox.admin.testing import SandboxOrganization, above
from jira_sandbox.testing import SandboxJira, running_sandbox
from tests.sandbox.client import Caller, Callers
from tests.sandbox.organization_client import OrganizationCaller

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def at_noon() -> datetime:
    return NOON


@pytest.fixture
def jira() -> Iterator[SandboxJira]:
    with running_sandbox(clock=at_noon) as running:
        yield running


@pytest.fixture
def callers(jira: SandboxJira) -> Iterator[Callers]:
    made = Callers(jira.url)
    yield made
    made.close()


@pytest.fixture
def api(jira: SandboxJira, callers: Callers) -> Caller:
    return callers.with_token(jira.email, jira.token)


@pytest.fixture
def small() -> Iterator[SandboxJira]:
    with running_sandbox("small", clock=at_noon) as running:
        yield running


@pytest.fixture
def demo(small: SandboxJira) -> SandboxOrganization:
    return above(small)


@pytest.fixture
def caller(demo: SandboxOrganization) -> Iterator[OrganizationCaller]:
    made = OrganizationCaller(demo)
    yield made
    made.session.close()
