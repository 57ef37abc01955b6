"""`search/jql` and its neighbours."""

from typing import Any

import pytest

from jira_sandbox.testing import SandboxJira
from tests.sandbox.client import Caller

STATUS = ["status", "updated"]


def pages(api: Caller, body: dict[str, Any]) -> list[list[str]]:
    found, token = [], None
    while True:
        answer = api.post("search/jql", body | ({"nextPageToken": token} if token else {})).json()
        found.append([issue["id"] for issue in answer["issues"]])
        token = answer.get("nextPageToken")
        assert answer["isLast"] is (token is None)
        if not token:
            return found


def test_only_the_id_comes_without_being_asked_for(api: Caller) -> None:
    by_get = api.get("search/jql", jql="key = PLAT-1").json()
    by_post = api.post("search/jql", {"jql": "key = PLAT-1"}).json()

    assert by_get == by_post == {"issues": [{"id": "10001"}], "isLast": True}


def test_a_page_holds_less_than_asked_when_fields_are_named(jira: SandboxJira, api: Caller) -> None:
    jira.create_many("PLAT", 230)
    body = {"jql": "project = PLAT", "maxResults": 5000, "fields": STATUS}

    found = pages(api, body)
    together = [number for page in found for number in page]

    assert [len(page) for page in found] == [100, 100, 68]
    assert len(set(together)) == len(together) == 268
    assert pages(api, body | {"fields": ["id"]}) == [together]


def test_a_page_token_keeps_its_search_while_the_site_changes(
    jira: SandboxJira, api: Caller
) -> None:
    body = {"jql": "project = PLAT", "maxResults": 20, "fields": STATUS}
    first = api.post("search/jql", body).json()
    jira.create("PLAT", "Meanwhile")
    gone = first["issues"][0]["key"]
    jira.delete("PLAT-1")

    second = api.post("search/jql", body | {"nextPageToken": first["nextPageToken"]}).json()
    keys = [issue["key"] for issue in second["issues"]]

    assert "PLAT-1" not in keys
    assert gone not in keys
    assert len(keys) == 17


@pytest.mark.parametrize("token", ["stale", "page-1"])
def test_a_page_token_that_nobody_gave_is_refused(api: Caller, token: str) -> None:
    answer = api.post("search/jql", {"jql": "project = PLAT", "nextPageToken": token})

    assert answer.status_code == 400


def test_a_page_token_belongs_to_its_query(api: Caller) -> None:
    first = api.post("search/jql", {"jql": "project = PLAT", "maxResults": 1}).json()
    other = {"jql": "project = SCH", "nextPageToken": first["nextPageToken"]}

    assert api.post("search/jql", other).status_code == 400


@pytest.mark.parametrize("size", [0, 5001, -1, "10", None, True, 1.5])
def test_the_page_size_has_bounds(api: Caller, size: object) -> None:
    body = {"jql": "project = PLAT", "maxResults": size}

    assert api.post("search/jql", body).status_code == 400


def test_a_search_without_restriction_is_refused(api: Caller) -> None:
    for jql in ("", "order by created", "ORDER BY key DESC"):
        answer = api.post("search/jql", {"jql": jql})
        assert answer.status_code == 400
        assert "restriction" in answer.json()["errorMessages"][0]
    assert api.post("search/approximate-count", {"jql": "order by key"}).status_code == 400


def test_every_mistake_of_a_query_is_named(api: Caller) -> None:
    answer = api.post("search/jql", {"jql": "project = NOPE and colour = red and status ~ x"})
    messages = answer.json()["errorMessages"]

    assert answer.status_code == 400
    assert ["NOPE" in messages[0], "colour" in messages[1], "status" in messages[2]] == [True] * 3


def test_bare_words_find_what_holds_them_or_nothing(api: Caller) -> None:
    assert api.post("search/jql", {"jql": "utter nonsense"}).json()["issues"] == []
    assert api.post("search/jql", {"jql": "failover runbook"}).json()["issues"] == [{"id": "10008"}]


def test_strict_parsing_refuses_bare_words_and_names_mistakes(api: Caller) -> None:
    queries = ["utter nonsense", "project = NOPE", "project =", "project = PLAT order by key"]
    parsed = api.post("jql/parse?validation=strict", {"queries": queries}).json()["queries"]

    assert [bool(query.get("errors")) for query in parsed] == [True, True, True, False]
    assert "NOPE" in parsed[1]["errors"][0]
    assert parsed[3]["structure"]["where"]["field"] == {"name": "project"}
    assert "structure" not in parsed[1]


def test_lenient_parsing_warns_and_shows_the_structure(api: Caller) -> None:
    asked = {"queries": ["project = NOPE"]}

    warned = api.post("jql/parse?validation=warn", asked).json()["queries"][0]
    unchecked = api.post("jql/parse?validation=none", asked).json()["queries"][0]

    assert "NOPE" in warned["warnings"][0]
    assert warned["structure"] == unchecked["structure"]
    assert "warnings" not in unchecked


@pytest.mark.parametrize("body", [{}, {"queries": []}, {"queries": [""]}, {"queries": "a"}])
def test_parsing_needs_queries(api: Caller, body: dict[str, Any]) -> None:
    assert api.post("jql/parse?validation=strict", body).status_code == 400


def test_a_count_counts_what_the_account_sees(api: Caller) -> None:
    assert api.post("search/approximate-count", {"jql": "parent = SCH-1"}).json() == {"count": 13}
    assert api.post("search/approximate-count", {"jql": "labels = embargoed"}).json() == {
        "count": 0
    }


@pytest.mark.parametrize("version", ["2", "3"])
def test_the_old_search_is_gone(jira: SandboxJira, api: Caller, version: str) -> None:
    address = f"{jira.url}/rest/api/{version}/search"

    assert api.session.get(address, params={"jql": "a"}, timeout=20).status_code == 410
    assert api.session.post(address, json={"jql": "a"}, timeout=20).status_code == 410


@pytest.mark.parametrize("ids", [list(range(51)), ["x"], "10001"])
def test_reconciled_issues_are_few_and_numeric(api: Caller, ids: object) -> None:
    body = {"jql": "project = PLAT", "reconcileIssues": ids}

    assert api.post("search/jql", body).status_code == 400


def test_a_body_is_json_and_holds_nothing_unknown(jira: SandboxJira, api: Caller) -> None:
    address = f"{jira.url}/rest/api/3/search/jql"
    unread = api.session.post(
        address, data=b"{", headers={"Content-Type": "application/json"}, timeout=20
    )

    assert unread.status_code == 400
    assert api.session.post(address, data=b"{}", timeout=20).status_code == 415
    assert api.post("search/jql", []).status_code == 400
    assert api.post("search/jql", {"jql": "project = PLAT", "startAt": 0}).status_code == 400
    assert api.post("search/jql", {"jql": "key = PLAT-1", "fields": "status"}).status_code == 400


def test_suggestions_come_in_two_sections(api: Caller) -> None:
    answer = api.get("issue/picker", query="failover", currentJQL="project = PLAT").json()
    history, current = answer["sections"]

    assert (history["id"], current["id"]) == ("hs", "cs")
    assert all("failover" in issue["summaryText"] for issue in current["issues"])
    assert "<b>failover</b>" in current["issues"][0]["summary"]
    assert isinstance(current["issues"][0]["id"], int)


def test_suggestions_escape_what_people_wrote(jira: SandboxJira, api: Caller) -> None:
    jira.create("PLAT", "<img src=x> & <b>bold</b>")

    found = api.get("issue/picker", query="img").json()["sections"][0]["issues"][0]

    assert found["summary"].startswith("&lt;<b>img</b> src=x&gt; &amp;")


def test_a_query_that_cannot_be_read_suggests_nothing(api: Caller) -> None:
    sections = api.get("issue/picker", query="failover", currentJQL="project =").json()["sections"]

    assert sections[1]["issues"] == []
    assert sections[1]["msg"]
