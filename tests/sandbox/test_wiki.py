"""Confluence Cloud as the sandbox speaks it: who asks, spaces, pages and who may see them."""

from collections.abc import Iterator

import pytest

from jira_sandbox.confluence.testing import SandboxConfluence, running_confluence
from tests.sandbox.conftest import at_noon
from tests.sandbox.wiki import WikiCaller, anonymous, behind_gateway, with_token

HOURS, ROOMS, SALARIES, BELOW = "65569", "65601", "65633", "65665"
IN_TRASH, EXECUTIVE = "65697", "65793"


@pytest.fixture
def wiki() -> Iterator[SandboxConfluence]:
    with running_confluence("small", clock=at_noon) as running:
        yield running


@pytest.fixture
def api(wiki: SandboxConfluence) -> WikiCaller:
    return with_token(wiki, wiki.token)


def test_the_right_token_shows_its_account(wiki: SandboxConfluence, api: WikiCaller) -> None:
    body = api.get("/rest/api/user/current").json()
    assert (body["type"], body["accountId"]) == ("known", wiki.account_id)
    assert body["displayName"] == "Larkspur OKR Bot"


@pytest.mark.parametrize("who", ["nobody", "a wrong token", "no Confluence"])
def test_a_closed_wiki_says_the_same_to_everybody_it_keeps_out(
    wiki: SandboxConfluence, who: str
) -> None:
    callers = {
        "nobody": anonymous(wiki),
        "a wrong token": with_token(wiki, "wrong"),
        "no Confluence": with_token(wiki, wiki.nobody_token, wiki.nobody_email),
    }
    caller = callers[who]
    kept_out = caller.get("/rest/api/user/current")
    assert kept_out.status_code == 403
    assert "caller cannot access Confluence" in kept_out.json()["message"]
    found = caller.get("/rest/api/search", cql="type = page")
    assert found.status_code == 403
    assert found.json()["message"] == "Current user not permitted to use Confluence"
    for path in (f"/api/v2/pages/{HOURS}", "/api/v2/pages", "/api/v2/spaces"):
        assert caller.get(path).json()["errors"][0]["title"] == "Not Found"


def test_an_open_wiki_tells_a_token_that_has_ended_as_nobody(
    wiki: SandboxConfluence, api: WikiCaller
) -> None:
    wiki.fault("anonymous")
    assert api.get("/rest/api/user/current").json()["type"] == "anonymous"
    assert api.get("/api/v2/pages").json()["results"] == []


def test_a_person_is_found_by_account_id(wiki: SandboxConfluence, api: WikiCaller) -> None:
    ada = wiki.site.admin
    assert api.get("/rest/api/user", accountId=ada.id).json()["displayName"] == "Ada Admin"
    assert api.get("/rest/api/user", accountId="712020:nobody").status_code == 404


def test_a_scoped_token_works_through_the_gateway_alone(wiki: SandboxConfluence) -> None:
    outside = with_token(wiki, wiki.page_token).get("/rest/api/user/current")
    assert (outside.status_code, outside.headers["Content-Type"][:9]) == (401, "text/html")
    behind = behind_gateway(wiki, wiki.page_token)
    assert behind.get("/rest/api/user/current").json()["accountId"] == wiki.account_id
    assert behind.get(f"/api/v2/pages/{HOURS}").json()["title"] == "Opening hours"
    assert behind_gateway(wiki, "wrong").get("/api/v2/pages").status_code == 401


def test_a_token_without_scopes_works_at_both_places(wiki: SandboxConfluence) -> None:
    assert behind_gateway(wiki, wiki.token).get("/api/v2/pages").status_code == 200


def test_the_gateway_wants_the_scope_to_write(wiki: SandboxConfluence) -> None:
    answer = behind_gateway(wiki, wiki.page_token).post("/api/v2/pages", {})
    assert answer.status_code == 401
    assert answer.json()["message"] == "Unauthorized; scope does not match"


def test_a_page_is_told_with_its_body_version_and_address(
    wiki: SandboxConfluence, api: WikiCaller
) -> None:
    body = api.get(f"/api/v2/pages/{ROOMS}", **{"body-format": "storage"}).json()
    assert (body["id"], body["status"], body["spaceId"]) == (ROOMS, "current", "98305")
    assert body["body"]["storage"]["value"].startswith("<h2>Rooms</h2><table>")
    assert body["version"]["number"] == 1
    assert body["version"]["authorId"] == wiki.site.admin.id
    assert body["_links"]["base"] == wiki.url
    assert body["_links"]["webui"] == f"/spaces/DEMO/pages/{ROOMS}/Rooms+%26+practitioners"
    assert api.get(f"/api/v2/pages/{ROOMS}").json()["body"] == {}


def test_an_older_version_can_be_read(api: WikiCaller) -> None:
    shape = {"body-format": "storage"}
    now = api.get(f"/api/v2/pages/{HOURS}", **shape).json()
    old = api.get(f"/api/v2/pages/{HOURS}", version=1, **shape).json()
    assert (now["version"]["number"], old["version"]["number"]) == (2, 1)
    assert len(old["body"]["storage"]["value"]) < len(now["body"]["storage"]["value"])
    numbers = [
        each["number"] for each in api.get(f"/api/v2/pages/{HOURS}/versions").json()["results"]
    ]
    assert numbers == [2, 1]
    assert api.get(f"/api/v2/pages/{HOURS}", version=9).status_code == 404


@pytest.mark.parametrize("number", [SALARIES, BELOW, EXECUTIVE, "999999"])
def test_missing_and_forbidden_look_the_same(api: WikiCaller, number: str) -> None:
    answer = api.get(f"/api/v2/pages/{number}")
    assert answer.status_code == 404
    words = f"Cannot find a page with id [{number}]"
    error = {"status": 404, "code": "NOT_FOUND", "title": words, "detail": None}
    assert answer.json() == {"errors": [error]}


def test_administrators_see_what_is_restricted(wiki: SandboxConfluence) -> None:
    admin = with_token(wiki, "sandbox-admin-token", wiki.site.admin.email)
    assert admin.get(f"/api/v2/pages/{BELOW}").status_code == 200


def test_a_page_in_the_trash_is_told_with_its_status(api: WikiCaller) -> None:
    body = api.get(f"/api/v2/pages/{IN_TRASH}").json()
    assert (body["status"], body["parentId"], body["parentType"]) == ("trashed", None, None)
    assert api.get(f"/api/v2/pages/{IN_TRASH}", status="current").status_code == 404


def test_a_page_is_hidden_shown_and_purged_from_behind(
    wiki: SandboxConfluence, api: WikiCaller
) -> None:
    wiki.hide(HOURS)
    assert api.get(f"/api/v2/pages/{HOURS}").status_code == 404
    wiki.restrict(HOURS)
    assert api.get(f"/api/v2/pages/{HOURS}").status_code == 200
    wiki.purge(HOURS)
    assert api.get(f"/api/v2/pages/{HOURS}").status_code == 404
    assert api.get(f"/api/v2/pages/{ROOMS}").json()["parentId"] == "65537"


def test_a_number_that_is_none_is_refused(api: WikiCaller) -> None:
    answer = api.get("/api/v2/pages/Docs")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "INVALID_REQUEST_PARAMETER"
    assert api.get(f"/api/v2/pages/{HOURS}", **{"body-format": "word"}).status_code == 400


def test_many_pages_are_read_at_once_and_the_invisible_left_out(api: WikiCaller) -> None:
    rows = api.get("/api/v2/pages", id=[HOURS, SALARIES, IN_TRASH, ROOMS]).json()["results"]
    assert [row["id"] for row in rows] == [HOURS, ROOMS]
    commas = api.get("/api/v2/pages", id=f"{HOURS},{ROOMS}").json()["results"]
    assert commas == rows
    for title, numbers in (("opening hours", [HOURS]), ("opening", []), ("", [])):
        named = api.get("/api/v2/pages", title=title, **{"space-id": "98305"}).json()
        assert [row["id"] for row in named["results"]] == numbers


def test_the_archive_is_listed_and_never_found(wiki: SandboxConfluence, api: WikiCaller) -> None:
    wiki.archive(ROOMS)

    def listed(**asked: str) -> list[str]:
        return [row["id"] for row in api.get("/api/v2/pages", id=ROOMS, **asked).json()["results"]]

    assert (listed(), listed(status="archived"), listed(status="current")) == ([ROOMS], [ROOMS], [])
    page = api.get(f"/api/v2/pages/{ROOMS}").json()
    assert (page["status"], page["parentId"]) == ("archived", HOURS)
    assert api.get("/rest/api/search", cql=f"id = {ROOMS}").json()["results"] == []
    assert api.get("/api/v2/pages", status="draft").status_code == 400


def test_pages_come_by_cursor(wiki: SandboxConfluence, api: WikiCaller) -> None:
    first = api.get("/api/v2/pages", limit=2)
    following = first.json()["_links"]["next"]
    assert first.headers["Link"] == f'<{following}>; rel="next", <{wiki.url}>; rel="base"'
    assert following.startswith("/wiki/api/v2/pages?limit=2&cursor=")
    second = api.get(following.removeprefix("/wiki")).json()
    numbers = [row["id"] for row in first.json()["results"] + second["results"]]
    assert len(set(numbers)) == 4
    assert api.get("/api/v2/pages", cursor="nothing").status_code == 400


def test_spaces_are_those_that_the_caller_may_see(api: WikiCaller) -> None:
    rows = api.get("/api/v2/spaces").json()["results"]
    assert [row["key"] for row in rows] == ["DEMO", "RULE"]
    assert rows[0]["homepageId"] == "65537"
    assert api.get("/api/v2/spaces", keys="rule").json()["results"] == rows[1:]
    assert api.get("/api/v2/spaces/98305").json()["name"] == "Demo notes"
    assert api.get("/api/v2/spaces/98307").status_code == 404


def test_what_may_be_done_is_told(api: WikiCaller) -> None:
    def verbs(path: str) -> list[str]:
        return [
            row["operation"] for row in api.get(f"/api/v2/{path}/operations").json()["operations"]
        ]

    assert (verbs("spaces/98305"), verbs("spaces/98306")) == (["read", "create"], ["read"])
    assert (verbs(f"pages/{HOURS}"), verbs("pages/65729")) == (["read", "update"], ["read"])


def test_the_ledger_tells_who_asked_for_what(wiki: SandboxConfluence, api: WikiCaller) -> None:
    api.get(f"/api/v2/pages/{HOURS}")
    call = wiki.calls[-1]
    assert (call.method, call.path, call.status) == ("GET", f"/wiki/api/v2/pages/{HOURS}", 200)
    assert call.authorised_as == wiki.email


def test_faults_meet_the_wiki_behind_the_gateway_too(wiki: SandboxConfluence) -> None:
    wiki.fault("503", path="/wiki/api/v2/pages/*", times=1)
    behind = behind_gateway(wiki, wiki.page_token)
    assert behind.get(f"/api/v2/pages/{HOURS}").status_code == 503
    assert behind.get(f"/api/v2/pages/{HOURS}").status_code == 200


def test_a_page_vanishes_by_its_number(wiki: SandboxConfluence, api: WikiCaller) -> None:
    wiki.fault("vanished", key=HOURS)
    assert api.get(f"/api/v2/pages/{HOURS}").status_code == 404
    assert api.get("/api/v2/pages", id=HOURS).json()["results"] == []


def test_pages_that_lead_nowhere(wiki: SandboxConfluence, api: WikiCaller) -> None:
    wiki.fault("repeated-token", path="*/spaces")
    first = api.get("/api/v2/spaces", limit=1).json()["_links"]["next"]
    again = api.get(first.removeprefix("/wiki")).json()["_links"]["next"]
    assert first == again
    wiki.clear_faults()
    wiki.fault("endless-pages", path="*/search")
    one = api.get("/rest/api/search", cql="type = page").json()["_links"]["next"]
    assert one != api.get(one).json()["_links"]["next"]
