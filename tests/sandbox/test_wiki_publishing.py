"""Pages made and saved in the sandbox's wiki: versions, conflicts, and what is refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from jira_sandbox.confluence.testing import SandboxConfluence, running_confluence
from tests.sandbox.conftest import at_noon
from tests.sandbox.wiki import WikiCaller, anonymous, behind_gateway, storage, with_token

HOURS, DECIDED, IN_TRASH = "65569", "65729", "65697"


@pytest.fixture
def wiki() -> Iterator[SandboxConfluence]:
    with running_confluence("small", clock=at_noon) as running:
        yield running


@pytest.fixture
def api(wiki: SandboxConfluence) -> WikiCaller:
    return with_token(wiki, wiki.token)


def new(title: str = "Review", **more: Any) -> dict[str, Any]:
    body = {"spaceId": "98305", "status": "current", "title": title, "body": storage("<p>New</p>")}
    return body | more


def changed(number: str, version: int, **more: Any) -> dict[str, Any]:
    body = {"id": number, "status": "current", "title": "Opening hours"}
    kept = storage("<p>Always open.</p>")
    return body | {"body": kept, "version": {"number": version, "message": "Plumbline"}} | more


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["title"]


def test_a_page_is_made_below_the_home_of_its_space(
    wiki: SandboxConfluence, api: WikiCaller
) -> None:
    answer = api.post("/api/v2/pages", new())
    made = wiki.page(answer.json()["id"])
    assert answer.status_code == 200
    assert (made.title, made.version, made.parent) == ("Review", 1, "65537")
    assert (made.author, made.body) == ("bot", "<p>New</p>")
    assert answer.json()["body"]["storage"]["value"] == "<p>New</p>"
    assert made.address == wiki.url + answer.json()["_links"]["webui"]


def test_a_page_is_made_below_another(wiki: SandboxConfluence, api: WikiCaller) -> None:
    number = api.post("/api/v2/pages", new(parentId=HOURS)).json()["id"]
    assert wiki.page(number).parent == HOURS
    assert api.post("/api/v2/pages", new("Two", parentId="999999")).status_code == 404


def test_a_title_is_taken_once_in_a_space(wiki: SandboxConfluence, api: WikiCaller) -> None:
    status, words = told(api.post("/api/v2/pages", new("OPENING hours")))
    assert (status, words.partition(":")[0]) == (400, "A page with this title already exists")
    assert api.post("/api/v2/pages", new("Old plan")).status_code == 200
    assert told(api.put(f"/api/v2/pages/{HOURS}", changed(HOURS, 3, title="Old plan")))[0] == 400


def test_a_saved_page_has_a_new_version(wiki: SandboxConfluence, api: WikiCaller) -> None:
    answer = api.put(f"/api/v2/pages/{HOURS}", changed(HOURS, 3))
    seen = wiki.page(HOURS)
    assert (answer.status_code, answer.json()["version"]["number"]) == (200, 3)
    assert (seen.version, seen.message, seen.body) == (3, "Plumbline", "<p>Always open.</p>")


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_number_that_does_not_follow_is_a_conflict(
    wiki: SandboxConfluence, api: WikiCaller, number: int
) -> None:
    status, words = told(api.put(f"/api/v2/pages/{HOURS}", changed(HOURS, number)))
    assert status == 409
    assert words.endswith(f"Current Version: [2]. Provided version: [{number}]")
    assert wiki.page(HOURS).version == 2


def test_somebody_who_saves_first_wins(wiki: SandboxConfluence, api: WikiCaller) -> None:
    wiki.fault("overtaken", method="PUT", path=wiki.page_at, key=HOURS, times=1)
    answer = api.put(f"/api/v2/pages/{HOURS}", changed(HOURS, 3))
    assert answer.json()["errors"][0]["code"] == "CONFLICT"
    seen = wiki.page(HOURS)
    assert (seen.version, seen.author) == (3, "ada")
    assert seen.body.endswith("<p>Saved in between.</p>")


def test_only_who_may_write_writes(wiki: SandboxConfluence, api: WikiCaller) -> None:
    assert told(api.post("/api/v2/pages", new(spaceId="98306")))[0] == 404
    assert told(api.post("/api/v2/pages", new(spaceId="98307")))[0] == 404
    assert told(api.put(f"/api/v2/pages/{DECIDED}", changed(DECIDED, 2)))[0] == 404
    assert told(anonymous(wiki).post("/api/v2/pages", new()))[0] == 404


def test_a_page_in_the_trash_is_taken_out_and_not_changed(
    wiki: SandboxConfluence, api: WikiCaller
) -> None:
    before = wiki.page(IN_TRASH)
    assert told(api.put(f"/api/v2/pages/{IN_TRASH}", changed(IN_TRASH, 3)))[0] == 409
    saved = api.put(f"/api/v2/pages/{IN_TRASH}", changed(IN_TRASH, 2)).json()
    after = wiki.page(IN_TRASH)
    assert (saved["status"], saved["version"]["number"]) == ("current", 2)
    assert (after.title, after.body, after.status) == (before.title, before.body, "current")


def test_a_page_in_the_archive_keeps_its_title_and_is_not_saved(
    wiki: SandboxConfluence, api: WikiCaller
) -> None:
    wiki.archive(HOURS)
    assert told(api.post("/api/v2/pages", new("Opening hours")))[0] == 400
    assert told(api.put(f"/api/v2/pages/{HOURS}", changed(HOURS, 3)))[0] == 404
    assert wiki.page(HOURS).version == 2


def test_a_body_is_kept_nearly_as_it_was_sent(wiki: SandboxConfluence, api: WikiCaller) -> None:
    macro = '<ac:structured-macro ac:name="toc"/>'
    code = "<ac:plain-text-body><![CDATA[<br/>]]></ac:plain-text-body>"
    listing = f'<ac:structured-macro ac:name="code">{code}</ac:structured-macro>'
    number = api.post("/api/v2/pages", new(body=storage(f"<p>a<br/></p>{macro}{listing}"))).json()
    body = wiki.page(number["id"]).body
    assert body.startswith('<p>a<br /></p><ac:structured-macro ac:schema-version="1" ac:macro-id="')
    assert body.count("ac:macro-id=") == 2
    assert code in body
    page = changed(number["id"], 2, title="Review", body=storage(body))
    assert api.put(f"/api/v2/pages/{number['id']}", page).status_code == 200
    assert wiki.page(number["id"]).body == body


def test_what_is_too_large_is_not_even_read(wiki: SandboxConfluence, api: WikiCaller) -> None:
    answer = api.post("/api/v2/pages", new(body=storage(f"<p>{'x' * 5_000_000}</p>")))
    assert answer.status_code == 413


def test_a_scoped_token_publishes_through_the_gateway(wiki: SandboxConfluence) -> None:
    behind = behind_gateway(wiki, wiki.publish_token)
    answer = behind.post("/api/v2/pages", new())
    assert answer.status_code == 200
    assert answer.json()["_links"]["base"] == wiki.url


@pytest.mark.parametrize(
    "body",
    [
        new(title=" "),
        new(title="x" * 256),
        new(spaceId=""),
        new(status="draft"),
        new(body=storage("<p>open")),
        new(body=storage("<p>&nothing;</p>")),
        new(body=storage("<!DOCTYPE p><p>x</p>")),
        new(body={"representation": "wiki", "value": "h1. x"}),
        [],
    ],
)
def test_a_page_that_cannot_be_kept_is_refused(
    wiki: SandboxConfluence, api: WikiCaller, body: Any
) -> None:
    before = len(wiki.pages())
    assert told(api.post("/api/v2/pages", body))[0] == 400
    assert len(wiki.pages()) == before


@pytest.mark.parametrize("name", ["id", "status", "title", "body", "version"])
def test_a_change_needs_all_its_parts(api: WikiCaller, name: str) -> None:
    body = {key: value for key, value in changed(HOURS, 3).items() if key != name}
    assert told(api.put(f"/api/v2/pages/{HOURS}", body))[0] == 400


def test_a_page_neither_changes_its_number_nor_its_space(api: WikiCaller) -> None:
    for other in (changed(DECIDED, 3), changed(HOURS, 3, spaceId="98306")):
        assert told(api.put(f"/api/v2/pages/{HOURS}", other))[0] == 400


def test_macros_and_the_names_of_html_are_storage_format(api: WikiCaller) -> None:
    value = '<p>One&nbsp;&rarr; two</p><ac:structured-macro ac:name="toc" />'
    assert api.post("/api/v2/pages", new(body=storage(value))).status_code == 200
