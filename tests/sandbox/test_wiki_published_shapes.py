"""The answers of the sandbox's Confluence beside what Atlassian publishes of them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from jira_sandbox.confluence.testing import SandboxConfluence, running_confluence
from tests.sandbox import wiki_published as published
from tests.sandbox.conftest import at_noon
from tests.sandbox.published import differences
from tests.sandbox.wiki import WikiCaller, storage, with_token

HOURS, TRASHED, LOCKED = "65569", "65697", "65729"
STORED = {"body-format": "storage"}
Ask = Callable[[WikiCaller], requests.Response]


@pytest.fixture(scope="module")
def wiki() -> Iterator[SandboxConfluence]:
    with running_confluence("small", clock=at_noon) as running:
        yield running


@pytest.fixture
def api(wiki: SandboxConfluence) -> WikiCaller:
    return with_token(wiki, wiki.token)


def new(title: str, space: str = "98305") -> dict[str, Any]:
    return {"spaceId": space, "status": "current", "title": title, "body": storage("<p>x</p>")}


def changed(number: str, version: int) -> dict[str, Any]:
    page = {
        "id": number,
        "status": "current",
        "title": "Opening hours",
        "body": storage("<p>y</p>"),
    }
    return page | {"version": {"number": version}}


ANSWERS: dict[str, tuple[Ask, Any]] = {
    "a page": (lambda api: api.get(f"/api/v2/pages/{HOURS}", **STORED), published.PAGE),
    "a page in the trash": (lambda api: api.get(f"/api/v2/pages/{TRASHED}"), published.PAGE),
    "pages": (
        lambda api: api.get("/api/v2/pages", limit=2, **STORED),
        published.page(published.PAGE_OF_MANY),
    ),
    "versions": (
        lambda api: api.get(f"/api/v2/pages/{HOURS}/versions"),
        published.page(published.VERSION),
    ),
    "spaces": (lambda api: api.get("/api/v2/spaces"), published.page(published.SPACE_OF_MANY)),
    "a space": (lambda api: api.get("/api/v2/spaces/98305"), published.SPACE),
    "what may be done": (
        lambda api: api.get(f"/api/v2/pages/{HOURS}/operations"),
        published.OPERATIONS,
    ),
    "a new page": (lambda api: api.post("/api/v2/pages", new("Review")), published.PAGE),
    "a saved page": (
        lambda api: api.put(f"/api/v2/pages/{HOURS}", changed(HOURS, 3)),
        published.PAGE,
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_is_as_it_is_published(api: WikiCaller, case: str) -> None:
    ask, shape = ANSWERS[case]
    answer = ask(api)

    assert answer.status_code == 200
    assert list(differences(answer.json(), shape)) == []


REFUSALS: dict[str, tuple[Ask, int]] = {
    "a page that is not there": (lambda api: api.get("/api/v2/pages/999999"), 404),
    "a number that is none": (lambda api: api.get("/api/v2/pages/x"), 400),
    "more pages than are told at once": (
        lambda api: api.get("/api/v2/pages", id=",".join(map(str, range(1, 252)))),
        400,
    ),
    "a space that is not for this account": (
        lambda api: api.post("/api/v2/pages", new("Rule", "98306")),
        404,
    ),
    "a page that is not for this account": (
        lambda api: api.put(f"/api/v2/pages/{LOCKED}", changed(LOCKED, 2)),
        404,
    ),
    "a number that does not follow": (
        lambda api: api.put(f"/api/v2/pages/{HOURS}", changed(HOURS, 9)),
        409,
    ),
    "nobody": (lambda api: WikiCaller(api.root, {}).get("/api/v2/pages"), 404),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_is_as_live_sites_tell_it(api: WikiCaller, case: str) -> None:
    ask, status = REFUSALS[case]
    answer = ask(api)

    assert answer.status_code == status
    assert list(differences(answer.json(), published.ERRORS)) == []
