"""Every resource of the Data Center dialect, by good and by bad requests, through the proxy.

A 422 would be the proxy's complaint about our request, a 500 its complaint about our answer.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from jira_sandbox.testing import SandboxDataCenter

pytestmark = [
    pytest.mark.contract,
    pytest.mark.xdist_group("contract"),
    pytest.mark.editions("data center"),
]

GOOD_GETS = [
    "serverInfo",
    "myself",
    "mypermissions",
    "mypermissions?projectKey=PLAT",
    "project",
    "project/PLAT",
    "search?jql=project%20%3D%20PLAT",
    "search?jql=project%20%3D%20PLAT&startAt=5&maxResults=3",
    "search?jql=id%20in%20(PLAT-1,GONE-1)&validateQuery=false",
    "issue/PLAT-1",
    "issue/PLAT-12?expand=changelog",
    "issue/picker?query=failover&currentJQL=project%20%3D%20PLAT",
    "field",
    "status",
    "statuscategory",
]
GOOD_SEARCHES: list[dict[str, Any]] = [
    {"jql": "project = SCH"},
    {"jql": "project = SCH", "fields": ["status"], "startAt": 2, "maxResults": 5},
    {"jql": "project = SCH", "maxResults": 0, "validateQuery": True},
    {"jql": "id in (10001, SCH-1, GONE-1)", "validateQuery": False},
    {"jql": "id in (10001, 10002)", "fields": ["created"], "expand": ["changelog"]},
]
REFUSED: list[tuple[str, dict[str, Any] | None, int]] = [
    ("project/EXE", None, 404),
    ("issue/GONE-1", None, 404),
    ("search?jql=project%20%3D%20NOPE", None, 400),
    ("search", {"jql": "id in (10001, GONE-1)"}, 400),
    ("search", {"jql": "some words"}, 400),
]


class Bearer(requests.auth.AuthBase):
    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


@pytest.fixture
def session(jira: SandboxDataCenter) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        session.auth = Bearer(jira.token)
        yield session


def ask(session: requests.Session, root: str, path: str, body: Any = None) -> requests.Response:
    address = f"{root}/rest/api/2/{path}"
    if body is None:
        return session.get(address, timeout=20)
    return session.post(address, json=body, timeout=20)


def verdict(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.headers.get("sl-violations", "")


@pytest.mark.parametrize("path", GOOD_GETS)
def test_a_good_reading_is_answered_as_described(
    session: requests.Session, proxy: str, path: str
) -> None:
    assert verdict(ask(session, proxy, path)) == (200, "")


@pytest.mark.parametrize("body", GOOD_SEARCHES)
def test_a_good_search_is_answered_as_described(
    session: requests.Session, proxy: str, body: dict[str, Any]
) -> None:
    assert verdict(ask(session, proxy, "search", body)) == (200, "")


@pytest.mark.parametrize(("path", "body", "status"), REFUSED)
def test_a_refusal_has_the_described_status(
    session: requests.Session, proxy: str, path: str, body: dict[str, Any] | None, status: int
) -> None:
    assert verdict(ask(session, proxy, path, body)) == (status, "")


def test_what_only_cloud_has_is_not_there(
    jira: SandboxDataCenter, session: requests.Session
) -> None:
    for path, body in (
        ("issue/bulkfetch", {"issueIdsOrKeys": ["10001"], "fields": ["status"]}),
        ("search/approximate-count", {"jql": "project = PLAT"}),
        ("jql/parse", {"queries": ["project = PLAT"]}),
        ("search/jql", {"jql": "project = PLAT"}),
    ):
        assert ask(session, jira.url, path, body).status_code in (404, 405)


def test_nobody_is_known_by_an_account_id(
    jira: SandboxDataCenter, session: requests.Session
) -> None:
    for path in ("myself", "issue/PLAT-12?expand=changelog", "search?jql=project=PLAT"):
        text = ask(session, jira.url, path).text
        assert "accountId" not in text
        assert "JIRAUSER" in text
