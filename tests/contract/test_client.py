"""Our client through the proxy: every request it sends is one that Atlassian describes."""

from collections.abc import Iterator

import pytest

from jira_integration.client import (
    AddressPolicy,
    Category,
    CloudClient,
    Credentials,
    QueryRefused,
    WrongCredentials,
    read_address,
)
from jira_sandbox.testing import SandboxJira

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("contract")]


def client_of(proxy: str, email: str, token: str) -> CloudClient:
    policy = AddressPolicy(frozenset([proxy.removeprefix("http://")]))
    return CloudClient(read_address(proxy, policy.allowed_hosts), Credentials(email, token), policy)


@pytest.fixture
def client(jira: SandboxJira, proxy: str) -> Iterator[CloudClient]:
    with client_of(proxy, jira.email, jira.token) as client:
        yield client


def test_who_and_what_is_there(client: CloudClient, jira: SandboxJira) -> None:
    assert client.server().is_cloud
    assert client.myself().id == jira.account_id
    assert client.permissions(["BROWSE_PROJECTS", "ADMINISTER"]) == {"BROWSE_PROJECTS"}
    projects = client.projects()
    assert client.count_projects() == len(projects) > 1
    assert client.projects(limit=1) == projects[:1]


def test_issues_by_number_and_by_key(client: CloudClient, jira: SandboxJira) -> None:
    plat = jira.issues("PLAT")[:3]
    names: list[int | str] = [plat[0].id, plat[1].key, plat[2].key, "GONE-1"]
    found = [issue for batch in client.read_issues(names) for issue in batch]
    assert {issue.id for issue in found} == {issue.id for issue in plat}
    assert {issue.category.value for issue in found} <= {kind.value for kind in Category}
    assert client.poisoned == []


def test_a_search_through_all_its_pages(client: CloudClient, jira: SandboxJira) -> None:
    found = [issue.id for page in client.search("project = PLAT ORDER BY key") for issue in page]
    assert sorted(found) == sorted(issue.id for issue in jira.issues("PLAT"))
    assert client.count("project = PLAT") == len(found)
    first = [issue for page in client.search("project = PLAT", limit=1) for issue in page]
    assert len(first) == 1


def test_a_query_is_checked_and_refused_in_words(client: CloudClient) -> None:
    assert client.check_jql("project = PLAT ORDER BY rank") == []
    assert client.check_jql("project = NOPE")
    with pytest.raises(QueryRefused) as refused:
        list(client.search("ORDER BY key"))
    assert refused.value.messages


def test_suggestions_fields_and_statuses(client: CloudClient, jira: SandboxJira) -> None:
    issue = jira.issues("PLAT")[0]
    assert issue.key in [one.key for one in client.suggest(issue.key)]
    kinds = {field.id: field.kind for field in client.fields()}
    assert kinds["customfield_10016"] == "number"
    categories = {status.category for status in client.statuses()}
    assert categories >= {Category.NEW, Category.INDETERMINATE, Category.DONE}


def test_wrong_credentials(proxy: str, jira: SandboxJira) -> None:
    with client_of(proxy, jira.email, "wrong") as client, pytest.raises(WrongCredentials):
        client.myself()
