"""One sandbox of an edition with the proxy in front of it, for as long as tests ask for it."""

from collections.abc import Iterator

import pytest

from jira_sandbox.testing import (
    SandboxDataCenter,
    SandboxJira,
    running_data_center,
    running_sandbox,
)
from tests.contract.proxy import unavailable, validating_proxy
from tests.sandbox.client import Caller, Callers


@pytest.fixture(scope="session")
def jira(request: pytest.FixtureRequest) -> Iterator[SandboxJira]:
    """Cloud, unless the test is marked with the editions that it runs on."""
    if getattr(request, "param", "cloud") == "data center":
        with running_data_center(context="") as data_center:
            yield data_center
    else:
        with running_sandbox() as cloud:
            yield cloud


@pytest.fixture(scope="session")
def proxy(jira: SandboxJira, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if reason := unavailable():
        pytest.skip(reason)
    edition = "data center" if isinstance(jira, SandboxDataCenter) else "cloud"
    with validating_proxy(jira.url, tmp_path_factory.mktemp("proxy"), edition) as address:
        yield address


@pytest.fixture
def callers(jira: SandboxJira, proxy: str) -> Iterator[Callers]:
    made = Callers(proxy)
    yield made
    made.close()


@pytest.fixture
def api(jira: SandboxJira, callers: Callers) -> Caller:
    """Through the proxy, with the right token."""
    return callers.with_token(jira.email, jira.token)


@pytest.fixture
def direct(jira: SandboxJira, callers: Callers) -> Caller:
    """Past the proxy, for what the description forbids or does not know."""
    return callers.with_token(jira.email, jira.token, jira.url)
