"""One sandbox with the proxy in front of it, for the whole run."""

from collections.abc import Iterator

import pytest

from jira_sandbox.testing import SandboxJira, running_sandbox
from tests.contract.proxy import unavailable, validating_proxy
from tests.sandbox.client import Caller, Callers


@pytest.fixture(scope="session")
def jira() -> Iterator[SandboxJira]:
    with running_sandbox() as running:
        yield running


@pytest.fixture(scope="session")
def proxy(jira: SandboxJira, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if reason := unavailable():
        pytest.skip(reason)
    with validating_proxy(jira.url, tmp_path_factory.mktemp("proxy")) as address:
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
