"""Every fault does what its name says, where and as often as it was told to."""

import gzip
import time
from typing import Any

import pytest
import requests

from jira_sandbox.board.faults_page import KINDS as OFFERED
from jira_sandbox.fault_kinds import KINDS
from jira_sandbox.testing import SandboxJira
from tests.sandbox.client import Caller, Callers

SEARCH = {"jql": "project = PLAT", "fields": ["status"], "maxResults": 5}


@pytest.mark.parametrize("kind", ["401", "403", "429", "500", "502", "503"])
def test_a_status_is_answered(jira: SandboxJira, api: Caller, kind: str) -> None:
    jira.fault(kind)

    assert api.get("myself").status_code == int(kind)


def test_a_captcha_is_announced_in_the_headers(jira: SandboxJira, api: Caller) -> None:
    jira.fault("captcha")
    answer = api.get("myself")

    assert answer.status_code == 403
    assert answer.headers["X-Seraph-LoginReason"] == "AUTHENTICATION_DENIED"
    assert answer.headers["X-Authentication-Denied-Reason"].startswith("CAPTCHA_CHALLENGE; login-")


def test_a_page_stands_where_jira_should_be(jira: SandboxJira, api: Caller) -> None:
    jira.fault("html", path="*/serverInfo")
    answer = api.get("serverInfo")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")


def test_another_host_is_pointed_at(jira: SandboxJira, api: Caller) -> None:
    jira.fault("redirect", location="http://other.example/login")
    answer = api.get("myself")

    assert (answer.status_code, answer.headers["Location"]) == (302, "http://other.example/login")


def test_too_many_requests_say_when_to_come_back(jira: SandboxJira, api: Caller) -> None:
    jira.fault("429", retry_after="7", reason="jira-quota-tenant-based")
    answer = api.get("myself")

    assert answer.headers["Retry-After"] == "7"
    assert answer.headers["RateLimit-Reason"] == "jira-quota-tenant-based"
    assert answer.headers["X-RateLimit-Reset"].endswith("Z")


def test_an_answer_that_never_comes_ends_with_the_sandbox(
    jira: SandboxJira, callers: Callers
) -> None:
    jira.fault("timeout", seconds=600)
    caller = callers.anonymous()

    with pytest.raises(requests.ReadTimeout):
        caller.session.get(f"{jira.url}/rest/api/3/serverInfo", timeout=0.3)

    assert jira.calls[-1].status is None


def test_a_slow_answer_is_whole(jira: SandboxJira, api: Caller) -> None:
    jira.fault("slow", seconds=0.2, times=1)
    before = time.monotonic()
    answer = api.get("myself")

    assert answer.status_code == 200
    assert time.monotonic() - before >= 0.2


def test_a_dripping_answer_comes_byte_by_byte(jira: SandboxJira, api: Caller) -> None:
    jira.fault("drip", seconds=0.001, path="*/myself")

    assert api.get("myself").json()["accountId"] == jira.account_id


@pytest.mark.parametrize("kind", ["reset", "truncated"])
def test_a_connection_breaks(jira: SandboxJira, api: Caller, kind: str) -> None:
    jira.fault(kind, times=1)

    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        api.get("myself")
    assert api.get("myself").status_code == 200


@pytest.mark.parametrize("kind", ["invalid-json", "deep"])
def test_json_cannot_be_read(jira: SandboxJira, api: Caller, kind: str) -> None:
    jira.fault(kind)
    answer = api.get("myself")

    assert answer.status_code == 200
    with pytest.raises((requests.exceptions.JSONDecodeError, RecursionError)):
        answer.json()


def test_json_has_the_wrong_shape(jira: SandboxJira, api: Caller) -> None:
    jira.fault("wrong-schema")

    assert api.get("myself").json()["accountId"] == 17
    assert api.post("search/jql", SEARCH).json()["issues"] == {"unexpected": True}


def test_a_body_is_huge(jira: SandboxJira, api: Caller) -> None:
    jira.fault("huge", size=3_000_000)

    assert len(api.get("myself").content) > 3_000_000


def test_a_small_body_unpacks_to_a_huge_one(jira: SandboxJira, api: Caller) -> None:
    jira.fault("gzip-bomb")
    address = f"{jira.url}/rest/api/3/myself"
    with api.session.get(address, stream=True, timeout=20) as answer:
        sent = answer.raw.read(decode_content=False)

    assert len(sent) < 300_000
    assert gzip.decompress(sent)[:3] == b"   "


def test_a_token_expires_between_two_calls(jira: SandboxJira, api: Caller) -> None:
    jira.fault("anonymous", after=1)

    first, second = api.post("search/jql", SEARCH), api.post("search/jql", SEARCH)

    assert len(first.json()["issues"]) == 5
    assert (second.status_code, second.json()["issues"]) == (200, [])
    assert second.headers["X-Seraph-LoginReason"] == "AUTHENTICATED_FAILED"
    assert api.get("myself").status_code == 401


def test_an_issue_vanishes_from_everything(jira: SandboxJira, api: Caller) -> None:
    jira.fault("vanished", key="PLAT-2")
    body = {"issueIdsOrKeys": ["PLAT-2", "PLAT-3"], "fields": ["status"]}

    found = api.post("issue/bulkfetch", body).json()["issues"]

    assert [issue["key"] for issue in found] == ["PLAT-3"]
    assert api.get("issue/PLAT-2").status_code == 404
    jira.clear_faults()
    assert api.get("issue/PLAT-2").status_code == 200


def test_an_issue_moves_just_before_an_answer(jira: SandboxJira, api: Caller) -> None:
    jira.fault("moved", key="PLAT-2", project="OPS", path="*/bulkfetch")
    assert api.get("issue/PLAT-2").json()["key"] == "PLAT-2"

    body = {"issueIdsOrKeys": ["10002"], "fields": ["status"]}

    assert api.post("issue/bulkfetch", body).json()["issues"][0]["key"] == "OPS-21"
    assert api.get("issue/PLAT-2").json()["key"] == "OPS-21"


def follow(api: Caller, count: int) -> tuple[list[str], list[str]]:
    """The tokens and first issues of some pages, alternately asked for by POST and by GET."""
    tokens: list[str] = []
    firsts: list[str] = []
    for number in range(count):
        more: dict[str, Any] = {"nextPageToken": tokens[-1]} if tokens else {}
        asked = SEARCH | more
        ask = api.post("search/jql", asked) if number % 2 else api.get("search/jql", **asked)
        tokens.append(ask.json()["nextPageToken"])
        firsts.append(ask.json()["issues"][0]["id"])
    return tokens, firsts


def test_a_page_token_repeats_itself(jira: SandboxJira, api: Caller) -> None:
    jira.fault("repeated-token")
    tokens, firsts = follow(api, 4)

    assert len(set(tokens)) == len(set(firsts)) == 1


def test_pages_never_end(jira: SandboxJira, api: Caller) -> None:
    jira.fault("endless-pages")
    tokens, _ = follow(api, 6)

    assert len(set(tokens)) == 6


def test_a_fault_keeps_to_its_path_and_its_number(jira: SandboxJira, api: Caller) -> None:
    jira.fault("500", path="/rest/api/3/myself", times=2)

    assert [api.get("myself").status_code for _ in range(3)] == [500, 500, 200]
    jira.fault("500", path="*/field")
    assert api.get("status").status_code == 200


def test_a_fault_of_a_path_reaches_behind_the_gateway(jira: SandboxJira, callers: Callers) -> None:
    jira.fault("503", path="/rest/api/3/myself")
    behind = callers.with_token(jira.email, jira.scoped_token, jira.gateway)

    assert behind.get("myself").status_code == 503
    assert behind.get("project/search").status_code == 200


def test_the_first_of_two_faults_stands_outermost(jira: SandboxJira, api: Caller) -> None:
    jira.fault("429", times=1)
    jira.fault("anonymous")

    assert api.get("myself").status_code == 429
    assert api.get("myself").status_code == 401


def test_an_unknown_fault_is_a_mistake(jira: SandboxJira) -> None:
    with pytest.raises(ValueError, match="captcha"):
        jira.fault("earthquake")


def test_faults_are_switched_over_http_too(jira: SandboxJira, api: Caller) -> None:
    switches = f"{jira.url}/sandbox/faults"
    wanted = {"kind": "429", "path": "*/myself", "times": 1, "retry_after": "3"}

    made = api.session.post(switches, json=wanted, timeout=20)
    listed = api.session.get(switches, timeout=20).json()

    assert made.status_code == 201
    assert [(fault["kind"], fault["times"]) for fault in listed] == [("429", 1)]
    assert api.get("myself").headers["Retry-After"] == "3"
    api.session.post(switches, json={"kind": "403"}, timeout=20)
    assert api.session.delete(switches, timeout=20).status_code == 204
    assert api.get("myself").status_code == 200


@pytest.mark.parametrize(
    "wanted", [{}, {"kind": "x"}, {"kind": "401", "hue": 1}, {"kind": "401", "times": "x"}]
)
def test_a_fault_that_makes_no_sense_is_refused(
    jira: SandboxJira, api: Caller, wanted: dict[str, Any]
) -> None:
    answer = api.session.post(f"{jira.url}/sandbox/faults", json=wanted, timeout=20)

    assert answer.status_code == 400
    assert jira.sandbox.faults.active == ()


def test_the_page_offers_every_fault() -> None:
    assert {kind for kind, _ in OFFERED} == set(KINDS)
