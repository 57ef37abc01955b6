"""The two editions of Jira that we read, for tests that have to hold on both."""

from collections.abc import Iterator
from contextlib import contextmanager

from jira_sandbox.testing import (
    SandboxDataCenter,
    SandboxJira,
    running_data_center,
    running_sandbox,
)


@contextmanager
def running_edition(edition: str, seed: str) -> Iterator[SandboxJira]:
    if edition == "data center":
        with running_data_center(seed) as data_center:
            yield data_center
    else:
        with running_sandbox(seed) as cloud:
            yield cloud


def refusal_of(jira: SandboxJira) -> str:
    """What a person reads when the token of this edition is refused."""
    secret = "personal access token" if isinstance(jira, SandboxDataCenter) else "email and token"
    return f"did not accept this {secret}"
