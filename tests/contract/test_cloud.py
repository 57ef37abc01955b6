"""Every resource, by good and by bad requests, through the proxy.

A 422 would be the proxy's complaint about our request, a 500 its complaint about our answer.
"""

from typing import Any

import pytest
import requests

from jira_sandbox.admin.testing import above
from jira_sandbox.testing import SandboxJira
from tests.sandbox.client import Caller, Callers

pytestmark = [pytest.mark.contract, pytest.mark.xdist_group("contract")]

FIELDS = ["status", "summary", "parent", "updated", "customfield_10016", "customfield_10026"]
OUTSIDE = {"title": "A key result", "url": "https://okr.example/key-results/1/"}
NEW = {"project": {"key": "PAY"}, "issuetype": {"id": "10002"}, "summary": "Agree on limits"}
GOOD_GETS = [
    "serverInfo",
    "myself",
    "mypermissions?permissions=BROWSE_PROJECTS,ADMINISTER",
    "mypermissions?permissions=BROWSE_PROJECTS&projectKey=PLAT",
    "project/search",
    "project/search?startAt=2&maxResults=2&query=a",
    "project/PLAT",
    "search/jql?jql=project%20%3D%20PLAT",
    "search/jql?jql=project%20%3D%20PLAT&fields=status&fields=updated&maxResults=3",
    "search/jql?jql=nonsense",
    "issue/PLAT-1",
    "issue/PLAT-12?expand=changelog",
    "issue/PLAT-12/changelog",
    "issue/PLAT-12/changelog?startAt=1&maxResults=1",
    "issue/MOB-2?fields=*all",
    "issue/SCH-2?fields=status&fields=summary",
    "issue/picker?query=failover&currentJQL=project%20%3D%20PLAT",
    "issue/picker?query=",
    "field",
    "status",
    "statuscategory",
    "issue/PLAT-3/remotelink",
    "issue/createmeta/PAY/issuetypes",
    "issue/createmeta/PAY/issuetypes?startAt=1&maxResults=2",
    "issue/createmeta/SEC/issuetypes/10002",
    "resolution",
    "resolution/search",
    "resolution/search?startAt=3&maxResults=2",
    "users/search",
    "users/search?startAt=2&maxResults=2",
    "group/bulk",
    "group/bulk?startAt=1&maxResults=2",
]
GOOD_POSTS: list[tuple[str, dict[str, Any]]] = [
    ("search/jql", {"jql": "project = SCH"}),
    ("search/jql", {"jql": "project = SCH", "fields": ["*all"], "maxResults": 5}),
    ("search/jql", {"jql": "parent = SCH-1", "fields": FIELDS, "reconcileIssues": [10001]}),
    ("search/approximate-count", {"jql": "project = PAY"}),
    ("issue/bulkfetch", {"issueIdsOrKeys": ["10001", "SCH-1", "GONE-1"], "fields": FIELDS}),
    ("issue/bulkfetch", {"issueIdsOrKeys": ["10001"]}),
    ("changelog/bulkfetch", {"issueIdsOrKeys": ["10001", "SCH-1", "GONE-1"]}),
    (
        "changelog/bulkfetch",
        {"issueIdsOrKeys": ["10002", "PLAT-12"], "fieldIds": ["status"], "maxResults": 2},
    ),
    ("jql/parse?validation=strict", {"queries": ["project = PLAT or not (key in (SCH-1))"]}),
    ("jql/parse?validation=strict", {"queries": ["assignee = currentUser() order by key desc"]}),
    ("jql/parse?validation=strict", {"queries": ["labels is not empty and created > -7d"]}),
    ("jql/parse?validation=strict", {"queries": ["project = NOPE", "project =", "bare words"]}),
    ("jql/parse?validation=warn", {"queries": ["project = NOPE and summary ~ 'a b'"]}),
]
# What the description allows and Jira refuses all the same
REFUSED: list[tuple[str, dict[str, Any] | None, int]] = [
    ("mypermissions", None, 400),
    ("mypermissions?permissions=FLY", None, 400),
    ("mypermissions?permissions=BROWSE_PROJECTS&projectKey=EXE", None, 404),
    ("project/EXE", None, 404),
    ("issue/EXE-1", None, 404),
    ("issue/GONE-1", None, 404),
    ("search/jql?jql=project%20%3D%20NOPE", None, 400),
    ("search/jql?jql=order%20by%20key", None, 400),
    ("search/jql?jql=project%20%3D%20PLAT&maxResults=5001", None, 400),
    ("search/jql", {"jql": "project = NOPE"}, 400),
    ("search/jql", {"jql": "order by key"}, 400),
    ("search/jql", {"jql": "project = PLAT", "maxResults": 0}, 400),
    ("search/jql", {"jql": "project = PLAT", "nextPageToken": "stale"}, 400),
    ("search/approximate-count", {"jql": ""}, 400),
    ("jql/parse?validation=strict", {"queries": []}, 400),
    ("issue/bulkfetch", {"issueIdsOrKeys": []}, 400),
    ("issue/bulkfetch", {"issueIdsOrKeys": ["1"] * 101}, 400),
    ("issue/GONE-1/changelog", None, 404),
    ("changelog/bulkfetch", {"issueIdsOrKeys": ["1"], "nextPageToken": "stale"}, 400),
]
WRITTEN: list[tuple[str, dict[str, Any], int]] = [
    ("issue/PLAT-3/remotelink", {"globalId": "a=b&c=/", "object": OUTSIDE}, 201),
    ("issue/PLAT-3/remotelink", {"globalId": "a=b&c=/", "object": OUTSIDE}, 200),
    ("issue", {"fields": NEW}, 201),
    ("issue", {"fields": {}}, 400),
    ("issue", {"fields": NEW | {"description": "no document"}}, 400),
]
# What the description forbids: the proxy stops it, and the sandbox would have refused it too
FORBIDDEN: list[tuple[str, Any]] = [
    ("search/jql", {"jql": "project = PLAT", "startAt": 0}),
    ("search/jql", {"jql": "project = PLAT", "maxResults": "5"}),
    ("search/jql", {"jql": "project = PLAT", "fields": "status"}),
    ("search/approximate-count", {"jql": "project = PLAT", "fields": []}),
    ("issue/bulkfetch", {}),
    ("issue/bulkfetch", {"issueIdsOrKeys": "PLAT-1"}),
    ("issue/bulkfetch", {"issueIdsOrKeys": [10001]}),
    ("changelog/bulkfetch", {"issueIdsOrKeys": []}),
    ("changelog/bulkfetch", {"issueIdsOrKeys": ["1"], "fieldIds": [str(n) for n in range(11)]}),
    ("changelog/bulkfetch", {"issueIdsOrKeys": ["1"], "fields": ["status"]}),
    ("jql/parse?validation=strict", {}),
    ("jql/parse?validation=thorough", {"queries": ["project = PLAT"]}),
]


def complaint(answer: requests.Response) -> str:
    return answer.headers.get("sl-violations", "")


@pytest.mark.parametrize("path", GOOD_GETS)
def test_a_good_reading_is_answered_as_described(api: Caller, path: str) -> None:
    answer = api.get(path)

    assert (answer.status_code, complaint(answer)) == (200, "")


@pytest.mark.parametrize(("path", "body"), GOOD_POSTS)
def test_a_good_question_is_answered_as_described(
    api: Caller, path: str, body: dict[str, Any]
) -> None:
    answer = api.post(path, body)

    assert (answer.status_code, complaint(answer)) == (200, "")


@pytest.mark.parametrize(("path", "body", "status"), REFUSED)
def test_a_refusal_has_the_described_shape(
    api: Caller, path: str, body: dict[str, Any] | None, status: int
) -> None:
    answer = api.get(path) if body is None else api.post(path, body)

    assert (answer.status_code, complaint(answer)) == (status, "")
    assert answer.json()["errorMessages"]


@pytest.mark.parametrize(("path", "body"), FORBIDDEN)
def test_the_sandbox_refuses_what_the_description_forbids(
    api: Caller, direct: Caller, path: str, body: Any
) -> None:
    assert api.post(path, body).status_code == 422
    assert direct.post(path, body).status_code == 400


@pytest.mark.parametrize(("path", "body", "status"), WRITTEN)
def test_what_is_written_is_answered_as_described(
    api: Caller, path: str, body: dict[str, Any], status: int
) -> None:
    answer = api.post(path, body)

    assert (answer.status_code, complaint(answer)) == (status, "")


def test_a_user_is_found_by_group_and_removed_as_described(
    jira: SandboxJira, callers: Callers
) -> None:
    admin = callers.with_token(jira.admin_email, jira.admin_token)
    group = admin.get("group/bulk").json()["values"][0]["groupId"]
    oliver = above(jira).account("oliver.byrne@larkspur.example").id
    removals = [
        admin.session.delete(f"{admin.root}/rest/api/3/user", params=query, timeout=20)
        for query in ({"accountId": oliver}, {"accountId": oliver})
    ]
    answers = [
        admin.get("user", accountId=above(jira).maker.id, expand="groups"),
        admin.get("group/member", groupId=group, includeInactiveUsers="true", maxResults=2),
        *removals,
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 204, 404]
    assert [complaint(answer) for answer in answers] == [""] * 4


def test_a_token_that_is_worth_nothing_is_answered_as_described(
    jira: SandboxJira, callers: Callers
) -> None:
    wrong = callers.with_token(jira.email, "wrong")

    assert wrong.get("myself").status_code == 401
    for path in ("field", "status", "project/search", "search/jql?jql=project=PLAT", "serverInfo"):
        answer = wrong.get(path)
        assert (answer.status_code, complaint(answer)) == (200, "")


def test_every_page_of_a_search_is_as_described(api: Caller) -> None:
    body: dict[str, Any] = {"jql": "project in (PLAT, SCH)", "fields": FIELDS, "maxResults": 30}
    found: list[str] = []
    while True:
        answer = api.post("search/jql", body)
        assert (answer.status_code, complaint(answer)) == (200, "")
        found += [issue["key"] for issue in answer.json()["issues"]]
        if "nextPageToken" not in answer.json():
            break
        body["nextPageToken"] = answer.json()["nextPageToken"]

    assert len(found) == len(set(found)) >= 80


def test_too_many_requests_pass_the_proxy_with_their_headers(
    jira: SandboxJira, api: Caller
) -> None:
    jira.fault("429", retry_after="9")
    try:
        answer = api.get("myself")
    finally:
        jira.clear_faults()

    assert answer.headers["Retry-After"] == "9"


def test_the_proxy_complains_of_an_answer_of_the_wrong_shape(
    jira: SandboxJira, api: Caller
) -> None:
    jira.fault("wrong-schema", times=1)

    assert api.get("myself").status_code == 500


def test_what_is_newer_than_the_description_is_tried_past_the_proxy(
    jira: SandboxJira, direct: Caller
) -> None:
    many = {"issueIdsOrKeys": [str(number) for number in range(1000)], "fields": ["status"]}

    assert direct.post("issue/bulkfetch", many).status_code == 200
    assert direct.get("search", jql="project = PLAT").status_code == 410
    assert direct.get("issue/PLAT-1/transitions").status_code == 200
