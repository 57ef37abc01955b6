"""The sandbox's wiki as a Data Center: the same pages below its context path, by other rules."""

from collections.abc import Iterator
from typing import Any

import pytest

from jira_sandbox.confluence.testing import (
    SandboxConfluenceDataCenter,
    running_confluence_data_center,
)
from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.sandbox import Sandbox
from jira_sandbox.testing import basic
from tests.sandbox.conftest import at_noon
from tests.sandbox.wiki import WikiCaller, anonymous, bearer, storage, with_token

HOURS, ROOMS, SALARIES, IN_TRASH = "65569", "65601", "65633", "65697"


@pytest.fixture
def wiki() -> Iterator[SandboxConfluenceDataCenter]:
    with running_confluence_data_center("small", clock=at_noon) as running:
        yield running


@pytest.fixture
def api(wiki: SandboxConfluenceDataCenter) -> WikiCaller:
    return bearer(wiki, wiki.token)


def change(number: int, **more: Any) -> dict[str, Any]:
    kept = {"storage": storage("<p>Always open.</p>")}
    body = {"type": "page", "title": "Opening hours", "body": kept, "version": {"number": number}}
    return body | more


def new(key: str, **more: Any) -> dict[str, Any]:
    kept = {"storage": storage("<p>New</p>")}
    return {"type": "page", "title": "Review", "space": {"key": key}, "body": kept} | more


def test_one_wiki_is_met_as_both_editions() -> None:
    sandbox = Sandbox(seeded_site("small"))
    server = sandbox.serve("127.0.0.1", 0)
    try:
        cloud = WikiCaller(f"{server.address}/wiki", basic())
        on_premise = WikiCaller(
            f"{server.address}/confluence", {"Authorization": "Bearer sandbox-pat"}
        )
        assert cloud.get(f"/api/v2/pages/{HOURS}").json()["title"] == "Opening hours"
        assert on_premise.get(f"/rest/api/content/{HOURS}").json()["title"] == "Opening hours"
    finally:
        sandbox.stop(server)


def test_a_token_and_a_password_show_their_account(
    wiki: SandboxConfluenceDataCenter, api: WikiCaller
) -> None:
    by_password = with_token(wiki, wiki.password)
    for caller in (api, by_password):
        body = caller.get("/rest/api/user/current").json()
        assert (body["type"], body["username"]) == ("known", "bot")
        assert (body["userKey"], "email" in body) == (wiki.account_id, False)


def test_nobody_is_told_as_nobody_and_a_wrong_token_refused(
    wiki: SandboxConfluenceDataCenter,
) -> None:
    assert anonymous(wiki).get("/rest/api/user/current").json()["type"] == "anonymous"
    assert bearer(wiki, "wrong").get("/rest/api/user/current").status_code == 401


def test_the_server_says_what_it_is_to_anybody(wiki: SandboxConfluenceDataCenter) -> None:
    body = anonymous(wiki).get("/rest/applinks/1.0/manifest").json()
    assert (body["typeId"], body["version"], body["url"]) == ("confluence", "9.2.9", wiki.url)


def test_an_old_version_does_not_know_access_tokens() -> None:
    with running_confluence_data_center("small", version=(7, 8, 0), context="") as old:
        assert bearer(old, old.token).get("/rest/api/user/current").json()["type"] == "anonymous"
        by_password = with_token(old, old.password)
        assert by_password.get(f"/rest/api/content/{HOURS}").status_code == 200


def test_a_third_wrong_password_brings_a_captcha(wiki: SandboxConfluenceDataCenter) -> None:
    wrong = with_token(wiki, "wrong")
    statuses = [wrong.get("/rest/api/user/current").status_code for _ in range(4)]
    assert statuses == [401, 401, 401, 403]


def test_a_page_tells_what_is_expanded(wiki: SandboxConfluenceDataCenter, api: WikiCaller) -> None:
    bare = api.get(f"/rest/api/content/{ROOMS}").json()
    assert ("version" in bare, "version" in bare["_expandable"]) == (False, True)
    body = api.get(
        f"/rest/api/content/{ROOMS}", expand="body.storage,version,space,ancestors"
    ).json()
    assert body["body"]["storage"]["value"].startswith("<h2>Rooms</h2>")
    assert body["version"]["by"]["displayName"] == "Ada Admin"
    assert body["version"]["when"].endswith("+01:00")
    assert [each["id"] for each in body["ancestors"]] == ["65537", HOURS]
    assert body["_links"]["webui"] == f"/pages/viewpage.action?pageId={ROOMS}"
    assert body["_links"]["base"] == wiki.url
    plain = api.get(f"/rest/api/content/{HOURS}").json()["_links"]["webui"]
    assert plain == "/display/DEMO/Opening+hours"


@pytest.mark.parametrize("number", [SALARIES, IN_TRASH, "999999", "words"])
def test_what_is_out_of_sight_is_not_found(api: WikiCaller, number: str) -> None:
    answer = api.get(f"/rest/api/content/{number}")
    assert answer.status_code == 404
    assert answer.json()["message"] == f"No content found with id: ContentId{{id={number}}}"
    assert answer.json()["reason"] == "Not Found"


def test_the_trash_is_looked_into_when_asked(api: WikiCaller) -> None:
    for status in ("trashed", "any"):
        body = api.get(f"/rest/api/content/{IN_TRASH}", status=status).json()
        assert body["status"] == "trashed"


def test_a_page_is_found_by_title_and_space(api: WikiCaller) -> None:
    body = api.get("/rest/api/content", title="Opening hours", spaceKey="DEMO").json()
    assert [row["id"] for row in body["results"]] == [HOURS]


def test_lists_go_by_offset(api: WikiCaller) -> None:
    first = api.get("/rest/api/content", limit=2).json()
    assert first["_links"]["next"].startswith("/rest/api/content?")
    second = api.get(first["_links"]["next"]).json()
    assert (first["size"], second["start"]) == (2, 2)
    assert {row["id"] for row in first["results"]}.isdisjoint(r["id"] for r in second["results"])


def test_searching_finds_pages_in_both_ways(api: WikiCaller) -> None:
    cql = 'title ~ "hours"'
    content = api.get("/rest/api/content/search", cql=cql).json()["results"]
    everything = api.get("/rest/api/search", cql=cql).json()["results"]
    assert [row["id"] for row in content] == [HOURS]
    assert everything[0]["content"]["id"] == HOURS
    assert everything[0]["title"] == "Opening @@@hl@@@hours@@@endhl@@@"
    assert everything[0]["url"] == "/display/DEMO/Opening+hours"


def test_spaces_are_those_that_the_caller_may_see(api: WikiCaller) -> None:
    rows = api.get("/rest/api/space").json()["results"]
    assert [row["key"] for row in rows] == ["DEMO", "RULE"]
    assert api.get("/rest/api/space/DEMO").json()["id"] == 98305
    assert api.get("/rest/api/space/EXE").status_code == 404


def test_a_page_is_made_and_saved(wiki: SandboxConfluenceDataCenter, api: WikiCaller) -> None:
    made = api.post("/rest/api/content", new("DEMO", ancestors=[{"id": HOURS}])).json()
    assert (made["version"]["number"], wiki.page(made["id"]).parent) == (1, HOURS)
    saved = api.put(f"/rest/api/content/{HOURS}", change(3))
    assert (saved.status_code, saved.json()["version"]["number"]) == (200, 3)
    assert wiki.page(HOURS).author == "bot"


def test_a_number_that_does_not_follow_is_a_conflict(
    wiki: SandboxConfluenceDataCenter, api: WikiCaller
) -> None:
    wiki.amend(HOURS, "<p>Mine</p>")
    answer = api.put(f"/rest/api/content/{HOURS}", change(3))
    assert answer.status_code == 409
    assert answer.json()["message"].endswith("Current version is: 3")
    assert wiki.page(HOURS).body == "<p>Mine</p>"


def test_what_may_not_be_kept_is_refused(
    wiki: SandboxConfluenceDataCenter, api: WikiCaller
) -> None:
    broken = {"storage": storage("<p>open")}
    refused = (
        (new("DEMO", title="Opening hours"), 400),
        (new("DEMO", type="blogpost"), 400),
        (new("DEMO", body=broken), 400),
        (new("DEMO", ancestors=[{"id": "1"}]), 404),
        (new("RULE"), 403),
        (new("EXE"), 404),
    )
    for body, status in refused:
        assert api.post("/rest/api/content", body).status_code == status
    assert api.put("/rest/api/content/65729", change(2)).status_code == 403
    assert anonymous(wiki).post("/rest/api/content", new("DEMO")).status_code == 403
