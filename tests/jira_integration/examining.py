"""How the tests of Connect ask, and where it ended."""

from atlassian.checks import State
from jira_integration.client import (
    AddressPolicy,
)
from jira_integration.connecting import (
    Examination,
    Step,
    examine,
)
from jira_sandbox.testing import SandboxJira

PASSED, FAILED, NOT_REACHED = State.PASSED, State.FAILED, State.NOT_REACHED


def policy_for(jira: SandboxJira, **options) -> AddressPolicy:
    return AddressPolicy(frozenset([jira.place]), **options)


def connect(jira: SandboxJira, email: str = "", token: str = "", **options) -> Examination:
    policy = policy_for(jira, **options)
    return examine(jira.url, email or jira.email, token or jira.token, policy)


def ended_at(examined: Examination) -> str | None:
    """The check that failed, after making sure that the five read as one row of dominoes."""
    assert [check.step for check in examined.checks] == list(Step)
    states = [check.state for check in examined.checks]
    if FAILED not in states:
        assert states == [PASSED] * 5
        return None
    place = states.index(FAILED)
    assert states == [PASSED] * place + [FAILED] + [NOT_REACHED] * (4 - place)
    assert examined.failure is examined.checks[place].error
    return examined.checks[place].step
