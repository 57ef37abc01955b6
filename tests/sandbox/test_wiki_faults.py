"""Faults meet Confluence too, in both editions and in the words of each."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from jira_sandbox.confluence.testing import (
    SandboxConfluence,
    running_confluence,
    running_confluence_data_center,
)
from tests.sandbox.conftest import at_noon
from tests.sandbox.wiki import WikiCaller, behind_gateway, storage, with_token

HOURS = "65569"


@pytest.fixture(scope="module")
def cloud() -> Iterator[SandboxConfluence]:
    with running_confluence("small", clock=at_noon) as running:
        yield running


@pytest.fixture(scope="module")
def data_center() -> Iterator[SandboxConfluence]:
    with running_confluence_data_center("small", clock=at_noon) as running:
        yield running


@pytest.fixture(params=["cloud", "data_center"])
def wiki(request: pytest.FixtureRequest) -> Iterator[SandboxConfluence]:
    running: SandboxConfluence = request.getfixturevalue(request.param)
    yield running
    running.clear_faults()


@pytest.fixture
def api(wiki: SandboxConfluence) -> WikiCaller:
    return with_token(wiki, "sandbox-password" if wiki.email == "bot" else wiki.token)


def place(wiki: SandboxConfluence) -> str:
    return f"/rest/api/content/{HOURS}" if wiki.email == "bot" else f"/api/v2/pages/{HOURS}"


def change(wiki: SandboxConfluence) -> dict[str, Any]:
    told = storage("<p>Always open.</p>")
    body = {"storage": told} if wiki.email == "bot" else told
    page = {"id": HOURS, "type": "page", "status": "current", "title": "Opening hours"}
    return page | {"body": body, "version": {"number": wiki.page(HOURS).version + 1}}


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_refusal_is_told_as_the_edition_tells_it(
    wiki: SandboxConfluence, api: WikiCaller, status: int
) -> None:
    wiki.fault(str(status), retry_after="7")
    answer = api.get(place(wiki))
    body = answer.json()
    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == ("7" if status == 429 else None)
    told = body["statusCode"] if wiki.email == "bot" else body["errors"][0]["status"]
    assert told == status
    assert api.get("/rest/api/user/current").json()["statusCode"] == status


def test_a_refusal_behind_the_gateway_is_told_alike(cloud: SandboxConfluence) -> None:
    cloud.fault("429", times=1)
    answer = behind_gateway(cloud, cloud.page_token).get(f"/api/v2/pages/{HOURS}")
    assert answer.json()["errors"][0]["code"] == "TOO_MANY_REQUESTS"


@pytest.mark.parametrize("kind", ["500", "502", "503"])
def test_a_server_out_of_order_sends_a_page(
    wiki: SandboxConfluence, api: WikiCaller, kind: str
) -> None:
    wiki.fault(kind)
    answer = api.get(place(wiki))
    assert (answer.status_code, answer.headers["Content-Type"][:9]) == (int(kind), "text/html")


def test_a_captcha_a_page_and_another_host_stand_in_between(
    wiki: SandboxConfluence, api: WikiCaller
) -> None:
    wiki.fault("captcha", times=1)
    assert api.get(place(wiki)).headers["X-Seraph-LoginReason"] == "AUTHENTICATION_DENIED"
    wiki.fault("html", times=1)
    assert api.get(place(wiki)).text.startswith("<!doctype html>")
    wiki.fault("redirect", times=1)
    assert api.get(place(wiki)).status_code == 302
    assert api.get(place(wiki)).status_code == 200


def test_an_answer_comes_late_or_not_at_all(wiki: SandboxConfluence, api: WikiCaller) -> None:
    wiki.fault("slow", seconds=0.1, times=1)
    before = time.monotonic()
    assert api.get(place(wiki)).status_code == 200
    assert time.monotonic() - before >= 0.1
    for kind in ("timeout", "reset"):
        wiki.fault(kind, seconds=0.05, times=1)
        with pytest.raises(requests.ConnectionError):
            api.get(place(wiki))
    wiki.fault("drip", seconds=0.0001, times=1)
    assert api.get(place(wiki)).json()["id"] == HOURS


@pytest.mark.parametrize("kind", ["truncated", "invalid-json", "deep"])
def test_an_answer_that_cannot_be_read(wiki: SandboxConfluence, api: WikiCaller, kind: str) -> None:
    wiki.fault(kind, times=1)
    with pytest.raises((requests.RequestException, RecursionError)):
        api.get(place(wiki)).json()


def test_an_answer_of_another_shape_or_size(wiki: SandboxConfluence, api: WikiCaller) -> None:
    wiki.fault("wrong-schema", times=1)
    assert api.get(place(wiki)).json()["title"] == 17
    wiki.fault("huge", size=100_000, times=1)
    assert len(api.get(place(wiki)).content) > 100_000


def test_an_answer_is_lost_after_the_page_was_saved(
    wiki: SandboxConfluence, api: WikiCaller
) -> None:
    before = wiki.page(HOURS).version
    wiki.fault("truncated", method="PUT", times=1)
    with pytest.raises(requests.RequestException):
        api.put(place(wiki), change(wiki)).json()
    assert wiki.page(HOURS).version == before + 1


def test_a_page_is_overtaken_hidden_and_nobodys(wiki: SandboxConfluence, api: WikiCaller) -> None:
    wiki.fault("overtaken", key=HOURS, method="PUT", times=1)
    assert api.put(place(wiki), change(wiki)).status_code == 409
    wiki.fault("vanished", key=HOURS, times=1)
    assert api.get(place(wiki)).status_code == 404
    wiki.fault("anonymous", times=1)
    assert api.get("/rest/api/user/current").json()["type"] == "anonymous"


@pytest.mark.parametrize("kind", ["repeated-token", "endless-pages"])
def test_pages_of_a_list_never_end(wiki: SandboxConfluence, api: WikiCaller, kind: str) -> None:
    wiki.fault(kind, times=2)
    path = "/rest/api/space" if wiki.email == "bot" else "/api/v2/spaces"
    for _ in range(2):
        assert "next" in api.get(path).json()["_links"]
    assert "next" not in api.get(path).json()["_links"]
