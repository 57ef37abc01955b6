"""The answers of the sandbox's organizations beside what Atlassian publishes of them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jira_sandbox.admin.testing import above
from jira_sandbox.testing import SandboxJira, running_sandbox
from tests.sandbox import published
from tests.sandbox.conftest import at_noon
from tests.sandbox.organization_client import Answer, OrganizationCaller

SAMUEL, GRACE, SVEN = (
    f"{name}@larkspur.example" for name in ("samuel.okoro", "grace.mbeki", "sven.aho")
)
EVERYTHING = ["platformRoles", "counts.resources", "productAccess", "groups"]
Ask = Callable[[OrganizationCaller], Answer]


@pytest.fixture(scope="module")
def jira() -> Iterator[SandboxJira]:
    """Of the company, and nothing here changes it."""
    with running_sandbox(clock=at_noon) as running:
        yield running


@pytest.fixture
def caller(jira: SandboxJira) -> Iterator[OrganizationCaller]:
    made = OrganizationCaller(above(jira))
    yield made
    made.session.close()


def samuel(caller: OrganizationCaller) -> str:
    return caller.organization.account(SAMUEL).id


ANSWERS: dict[str, tuple[Ask, Any]] = {
    "organizations": (
        lambda caller: caller.get(f"{caller.organization.url}/admin/v1/orgs"),
        published.page(published.ORGANIZATION),
    ),
    "one organization": (
        lambda caller: caller.old(),
        published.Shape({"data": published.ORGANIZATION}, needed=("data",)),
    ),
    "directories": (
        lambda caller: caller.get(f"{caller.home}/directories"),
        published.page(published.DIRECTORY),
    ),
    "groups": (
        lambda caller: caller.get(f"{caller.home}/directories/-/groups"),
        published.page(published.GROUP),
    ),
    "accounts": (
        lambda caller: caller.get(caller.users, limit=100),
        published.page(published.USER),
    ),
    "accounts in full": (
        lambda caller: caller.search(limit=100, expand=EVERYTHING),
        published.page(published.USER),
    ),
    "one account": (
        lambda caller: caller.get(f"{caller.users}/{samuel(caller)}"),
        published.Shape({"data": published.Shape(published.DETAILS)}, needed=("data",)),
    ),
    "what it may open": (
        lambda caller: caller.get(f"{caller.users}/{samuel(caller)}/role-assignments"),
        published.page(published.ASSIGNMENT),
    ),
    "how many": (
        lambda caller: caller.get(f"{caller.users}/count"),
        published.Shape({"count": int}, needed=("count",)),
    ),
    "managed accounts": (lambda caller: caller.old("users"), published.MANAGED_PAGE),
    "when it was used": (
        lambda caller: caller.old(f"directory/users/{samuel(caller)}/last-active-dates"),
        published.Shape(
            {
                "data": published.LAST_ACTIVE,
                "links": published.Shape({"next": published.Maybe(str)}),
            }
        ),
    ),
    "what may be managed": (
        lambda caller: caller.get(caller.manage(SAMUEL)),
        published.PERMISSIONS,
    ),
    "what may not be managed": (
        lambda caller: caller.get(caller.manage(GRACE)),
        published.PERMISSIONS,
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_is_as_it_is_published(caller: OrganizationCaller, case: str) -> None:
    ask, shape = ANSWERS[case]
    answer = ask(caller)

    assert answer.status_code == 200
    assert list(published.differences(answer.json(), shape)) == []


REFUSALS: dict[str, tuple[Ask, int, Any]] = {
    "an unknown address": (
        lambda caller: caller.get(f"{caller.home}/nowhere"),
        404,
        published.ERRORS,
    ),
    "an unknown account": (
        lambda caller: caller.get(f"{caller.users}/nobody"),
        404,
        published.ERRORS,
    ),
    "an unknown directory": (
        lambda caller: caller.get(f"{caller.home}/directories/none/users"),
        404,
        published.ERRORS,
    ),
    "a cursor of nothing": (
        lambda caller: caller.search(cursor="nonsense"),
        400,
        published.ERRORS,
    ),
    "a search without sense": (lambda caller: caller.search(limit=0), 400, published.ERRORS),
    "the maker of the key": (
        lambda caller: caller.access("suspend", "ines.moreau@larkspur.example"),
        403,
        published.ERRORS,
    ),
    "who is not there": (
        lambda caller: caller.access("restore", "piotr.nowak@larkspur.example"),
        404,
        published.ERRORS,
    ),
    "who is inactive": (
        lambda caller: caller.access("suspend", "yusuf.demir@larkspur.example"),
        400,
        published.ERRORS,
    ),
    "an account of its owner": (
        lambda caller: caller.life("delete", "nobody@larkspur.example"),
        403,
        published.FORBIDDEN,
    ),
    "an account of an identity provider": (
        lambda caller: caller.life("delete", GRACE),
        403,
        published.FORBIDDEN_ACTION,
    ),
    "an account that is deleted already": (
        lambda caller: caller.life("delete", SVEN),
        409,
        published.LIFECYCLE_ERRORS,
    ),
    "an account whose deletion waits": (
        lambda caller: caller.life("enable", SVEN),
        409,
        published.LIFECYCLE_ERRORS,
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_is_as_it_is_published(caller: OrganizationCaller, case: str) -> None:
    ask, status, shape = REFUSALS[case]
    answer = ask(caller)

    assert answer.status_code == status
    assert list(published.differences(answer.json(), shape)) == []


@pytest.mark.parametrize("kind", ["401", "403", "429"])
def test_a_fault_of_organizations_is_as_it_is_published(
    jira: SandboxJira, caller: OrganizationCaller, kind: str
) -> None:
    jira.fault(kind, path="/admin/*", times=1)
    answer = caller.search()

    assert answer.status_code == int(kind)
    assert list(published.differences(answer.json(), published.ERRORS)) == []
    assert ("Retry-After" in answer.headers) is (kind == "429")


def test_what_is_not_published_is_found() -> None:
    told = {"data": [{"accountId": 7, "status": "asleep", "secret": ""}], "links": {"next": 1}}

    assert list(published.differences(told, published.page(published.USER))) == [
        ".data[0].accountId: 7 is no str",
        ".data[0].status: 'asleep' is not among the words",
        ".data[0].secret is not published",
        ".links.next: 1 is no str",
    ]
