"""The sandbox as a Data Center: the same site below its context path, met by other rules."""

from collections.abc import Iterator

import pytest
import requests

from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.sandbox import Sandbox
from jira_sandbox.testing import basic, running_data_center

PAT = {"Authorization": "Bearer sandbox-pat"}


@pytest.fixture
def address() -> Iterator[str]:
    """Both editions at once, as `make run` serves them."""
    sandbox = Sandbox(seeded_site("small"))
    server = sandbox.serve("127.0.0.1", 0)
    yield server.address
    sandbox.stop(server)


def get(url: str, headers: dict[str, str] | None = None) -> requests.Response:
    return requests.get(url, headers=headers, timeout=20, allow_redirects=False)


def test_one_site_is_met_as_both_editions(address: str) -> None:
    cloud = get(f"{address}/rest/api/3/serverInfo").json()
    server = get(f"{address}/jira/rest/api/2/serverInfo").json()
    assert (cloud["deploymentType"], server["deploymentType"]) == ("Cloud", "Server")
    on_cloud = get(f"{address}/rest/api/3/issue/DEMO-1", basic()).json()
    on_server = get(f"{address}/jira/rest/api/2/issue/DEMO-1", PAT).json()
    assert on_cloud["id"] == on_server["id"]
    assert on_server["self"].startswith(f"{address}/jira/rest/api/2/")


def test_an_issue_is_browsed_below_the_context_path_too(address: str) -> None:
    answer = get(f"{address}/jira/browse/DEMO-1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/browse/DEMO-1")


def test_the_secrets_of_one_edition_are_worth_nothing_on_the_other(address: str) -> None:
    cloud, server = f"{address}/rest/api/3/myself", f"{address}/jira/rest/api/2/myself"
    assert get(cloud, PAT).status_code == 401
    assert get(cloud, basic(token="sandbox-pat")).status_code == 401
    assert get(server, basic()).status_code == 401


def test_nobody_sees_nothing_and_is_told_so(address: str) -> None:
    answer = get(f"{address}/jira/rest/api/2/search?jql=project=DEMO")
    assert (answer.status_code, answer.json()["total"]) == (200, 0)
    assert answer.headers["X-AUSERNAME"] == "anonymous"


def test_an_old_version_does_not_know_access_tokens() -> None:
    with running_data_center("small", version=(8, 13, 0)) as jira:
        assert get(f"{jira.url}/rest/api/2/myself", PAT).status_code == 401


def test_an_epic_is_a_link_and_no_parent() -> None:
    with running_data_center("small", context="") as jira:
        epic = jira.create("DEMO", "Larger", kind="Epic")
        story = jira.create("DEMO", "Smaller", kind="Story", parent=epic.key)
        fields = get(f"{jira.url}/rest/api/2/issue/{story.key}", PAT).json()["fields"]
        assert "parent" not in fields
        assert fields["customfield_10014"] == epic.key
        for jql, total in ((f"parent = {epic.key}", 0), (f'"Epic Link" = {epic.key}', 1)):
            found = get(f"{jira.url}/rest/api/2/search?jql={jql}", PAT).json()
            assert found["total"] == total
