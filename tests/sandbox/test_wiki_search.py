"""What CQL finds in the sandbox's wiki, and how Confluence tells it."""

from collections.abc import Iterator

import pytest

from jira_sandbox.confluence.testing import SandboxConfluence, running_confluence
from tests.sandbox.conftest import at_noon
from tests.sandbox.wiki import WikiCaller, behind_gateway, with_token


@pytest.fixture(scope="module")
def wiki() -> Iterator[SandboxConfluence]:
    with running_confluence("small", clock=at_noon) as running:
        yield running


@pytest.fixture(scope="module")
def api(wiki: SandboxConfluence) -> WikiCaller:
    return with_token(wiki, wiki.token)


def titles(api: WikiCaller, cql: str) -> list[str]:
    answer = api.get("/rest/api/search", cql=cql)
    return [row["content"]["title"] for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("cql", "found"),
    [
        ('title ~ "open*"', ["Opening hours"]),
        ('title ~ "open"', []),
        ('text ~ "practitioner"', ["Rooms & practitioners"]),
        ('siteSearch ~ "two eight"', ["Opening hours"]),
        ('text ~ "\\"close at two\\""', ["Opening hours"]),
        ('text ~ "\\"two at close\\""', []),
        ('text ~ "the hours at which they open"', []),
        ('text ~ "the hours at eight"', ["Opening hours"]),
        ('text ~ "hours" and text ~ "at"', []),
        ('text ~ "fridays" and text ~ "a*"', []),
        ('space = "RULE"', ["House rules"]),
        ("space in (RULE, NONE) and type = page", ["House rules"]),
        ("type = blogpost", []),
        ('title = "house rules"', ["House rules"]),
        ("id = 65569", ["Opening hours"]),
        ("parent = 65569", ["Rooms & practitioners"]),
        ("ancestor = 65537 and parent != 65537", ["Rooms & practitioners"]),
        ('title ~ "salaries"', []),
        ('text ~ "longer true"', []),
        ('lastmodified > now("-15d") order by title', ["What was decided"]),
        ("contributor = currentUser()", ["Opening hours"]),
        (
            "space = DEMO order by created",
            ["Demo notes", "Opening hours", "Rooms & practitioners", "What was decided"],
        ),
        ('not (space = DEMO) or title ~ "demo"', ["House rules", "Demo notes"]),
    ],
)
def test_a_query_finds_what_it_says(api: WikiCaller, cql: str, found: list[str]) -> None:
    assert titles(api, cql) == found


@pytest.mark.parametrize(
    ("cql", "reason"),
    [
        ("", "cannot be blank"),
        ("meeting notes", "Could not parse cql"),
        ("title ~", "Could not parse cql"),
        ("mood = happy", "No field exists with the name: 'mood'"),
        ("status = current", "No field exists with the name: 'status'"),
        ("title > 3", "Unsupported CQL operator '>'"),
        ("lastmodified > yesterday", "is no date"),
        ("type = page order by mood", "No field exists with the name: 'mood'"),
    ],
)
def test_a_query_that_cannot_be_read_is_refused(api: WikiCaller, cql: str, reason: str) -> None:
    answer = api.get("/rest/api/search", cql=cql)
    assert answer.status_code == 400
    assert reason in answer.json()["message"]


def test_a_result_is_told_as_confluence_tells_it(wiki: SandboxConfluence, api: WikiCaller) -> None:
    body = api.get("/rest/api/search", cql='title ~ "rooms"').json()
    row = body["results"][0]
    assert row["title"] == "@@@hl@@@Rooms@@@endhl@@@ &amp; practitioners"
    assert row["content"]["title"] == "Rooms & practitioners"
    assert row["url"] == row["content"]["_links"]["webui"]
    assert row["resultGlobalContainer"] == {"title": "Demo notes", "displayUrl": "/spaces/DEMO"}
    assert row["lastModified"] == "2026-10-11T09:34:46.000Z"
    assert (body["totalSize"], body["_links"]["base"]) == (1, wiki.url)


def test_results_come_by_cursor(api: WikiCaller) -> None:
    first = api.get("/rest/api/search", cql="type = page", limit=3).json()
    following = first["_links"]["next"]
    assert following.startswith("/rest/api/search?next=true&cursor=")
    second = api.get(following).json()
    ids = [row["content"]["id"] for row in first["results"] + second["results"]]
    assert (len(ids), len(set(ids)), first["totalSize"]) == (5, 5, 5)
    assert "next" not in second["_links"]
    again = api.get("/rest/api/search", cql="type = page", limit=3, start=3).json()
    assert again["results"] == first["results"]


def test_search_has_a_scope_of_its_own(wiki: SandboxConfluence) -> None:
    behind = behind_gateway(wiki, wiki.page_token)
    assert titles(behind, 'title ~ "rules"') == ["House rules"]
    assert behind_gateway(wiki, "sandbox-thin-token").get("/rest/api/search").status_code == 401
