"""The wiki's own pages, by HTTP alone: readable, strict, and changed only from here."""

from collections.abc import Iterator

import pytest
import requests

from jira_sandbox.confluence.testing import (
    SandboxConfluence,
    running_confluence,
    running_confluence_data_center,
)
from tests.sandbox.conftest import at_noon
from tests.sandbox.test_board import Strictness
from tests.sandbox.wiki import WikiCaller, storage, with_token

HOURS, ROOMS, IN_TRASH = "65569", "65601", "65697"


@pytest.fixture
def wiki() -> Iterator[SandboxConfluence]:
    with running_confluence("small", clock=at_noon) as running:
        yield running


def look(wiki: SandboxConfluence, path: str) -> requests.Response:
    return requests.get(wiki.server + path, timeout=20, allow_redirects=False)


def press(wiki: SandboxConfluence, verb: str, **form: str) -> requests.Response:
    address = f"{wiki.url}/board/{verb}"
    return requests.post(address, data=form, timeout=20, allow_redirects=False)


def written(wiki: SandboxConfluence, body: str) -> str:
    """How a body reads on its page."""
    wiki.amend(HOURS, body)
    return look(wiki, f"/wiki/spaces/DEMO/pages/{HOURS}").text.partition("<article")[2]


@pytest.mark.parametrize(
    "path", ["/wiki", "/wiki/spaces/DEMO/overview", f"/wiki/spaces/DEMO/pages/{ROOMS}/Any+title"]
)
def test_pages_are_strict_and_say_what_they_are(wiki: SandboxConfluence, path: str) -> None:
    answer = look(wiki, path)
    strictness = Strictness()
    strictness.feed(answer.text)
    assert (answer.status_code, strictness.faults) == (200, [])
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", ["65537", HOURS, ROOMS, IN_TRASH])
def test_every_address_that_the_api_tells_leads_to_the_page(
    wiki: SandboxConfluence, number: str
) -> None:
    seen = wiki.page(number)
    for address in (seen.address, seen.tiny):
        assert seen.title.replace("&", "&amp;") in requests.get(address, timeout=20).text


def test_addresses_of_data_center_lead_there_too() -> None:
    with running_confluence_data_center("small", clock=at_noon) as wiki:
        for number in (HOURS, ROOMS):
            seen = wiki.page(number)
            for address in (seen.address, seen.tiny):
                answer = requests.get(address, timeout=20)
                assert seen.title.replace("&", "&amp;") in answer.text
        assert look(wiki, "/confluence").headers["Location"] == "/wiki"


@pytest.mark.parametrize("path", ["/wiki/nowhere", "/wiki/x/!", "/wiki/spaces/DEMO/pages/1"])
def test_what_is_not_there_is_said(wiki: SandboxConfluence, path: str) -> None:
    answer = look(wiki, path)
    assert (answer.status_code, "No such page" in answer.text) == (404, True)


def test_an_older_version_is_shown_as_one(wiki: SandboxConfluence) -> None:
    text = look(wiki, f"/wiki/spaces/DEMO/pages/{HOURS}?version=1").text
    assert "This is an older version." in text
    assert "On Fridays" not in text


def test_tables_lozenges_and_links_are_rendered(wiki: SandboxConfluence) -> None:
    text = written(
        wiki,
        '<table><tbody><tr><td data-highlight-colour="#57d9a3" colspan="2">Half</td></tr></tbody>'
        '</table><p><ac:structured-macro ac:name="status"><ac:parameter ac:name="title">On track'
        '</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro>'
        '<ac:link><ri:page ri:content-title="Demo notes" /><ac:link-body>back</ac:link-body>'
        '</ac:link> <a href="https://okr.example/o/1">OKR</a> '
        '<span style="color: rgb(0,135,90);">███</span></p>',
    )
    assert '<font color="#00875a">███</font>' in text
    assert '<td colspan="2" bgcolor="#57d9a3" class="tinted">Half</td>' in text
    assert '<span class="pill lozenge green">On track</span>' in text
    assert '<a href="/wiki/spaces/DEMO/overview">back</a>' in text
    assert '<a href="https://okr.example/o/1">OKR</a>' in text


def test_nothing_of_a_page_is_run(wiki: SandboxConfluence) -> None:
    text = written(
        wiki,
        '<p onclick="alert(1)" style="x:y">a<script>alert(2)</script><a href="javascript:alert(3)">'
        'b</a>&lt;img src=x&gt;</p><iframe src="https://evil.example/">c</iframe>'
        '<ac:structured-macro ac:name="&lt;b&gt;"/>',
    ).partition("</article>")[0]
    for part in ("onclick", "style=", "<script", "javascript:", "<img", "<iframe", "<b>"):
        assert part not in text


def test_deep_nesting_is_shown_as_words(wiki: SandboxConfluence) -> None:
    assert "deep" in written(wiki, "<div>" * 500 + "deep" + "</div>" * 500)


def test_somebody_saves_the_page(wiki: SandboxConfluence) -> None:
    answer = press(wiki, "save", id=HOURS, who="ada", title="Hours", text="<b>Late</b> & long")
    seen = wiki.page(HOURS)
    assert answer.status_code == 303
    assert (seen.version, seen.author, seen.title) == (3, "ada", "Hours")
    assert seen.body.endswith("<p>&lt;b&gt;Late&lt;/b&gt; &amp; long</p>")
    assert press(wiki, "save", id=HOURS, who="ada", title="Demo notes").status_code == 400


def test_a_page_is_hidden_locked_trashed_and_purged(wiki: SandboxConfluence) -> None:
    api = with_token(wiki, wiki.token)
    path = f"/api/v2/pages/{HOURS}"
    change = {"id": HOURS, "status": "current", "title": "Opening hours", "body": storage("<p/>")}
    press(wiki, "restrict", id=HOURS)
    assert api.get(path).status_code == 404
    press(wiki, "restrict", id=HOURS)
    press(wiki, "lock", id=HOURS)
    assert api.put(path, change | {"version": {"number": 3}}).status_code == 404
    press(wiki, "archive", id=HOURS)
    assert api.get(path).json()["status"] == "archived"
    press(wiki, "trash", id=HOURS)
    assert api.get(path).json()["status"] == "trashed"
    assert press(wiki, "purge", id=HOURS).headers["Location"] == "/wiki"
    assert api.get(path).status_code == 404


def test_no_other_page_may_press_the_buttons(wiki: SandboxConfluence) -> None:
    answer = requests.post(
        f"{wiki.url}/board/purge",
        data={"id": HOURS},
        headers={"Origin": "https://evil.example"},
        timeout=20,
    )
    assert answer.status_code == 403
    assert wiki.page(HOURS).title == "Opening hours"


def test_pages_leave_no_trace_in_the_ledger(wiki: SandboxConfluence) -> None:
    look(wiki, "/wiki")
    assert wiki.calls == ()


def test_the_board_never_answers_for_the_api(wiki: SandboxConfluence) -> None:
    assert WikiCaller(wiki.url, {}).get("/api/v2/nothing").json()["errors"][0]["status"] == 404
