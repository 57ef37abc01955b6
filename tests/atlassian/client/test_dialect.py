"""A product says in its dialect what it answers in a way of its own; the rest is common."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from atlassian.client import (
    Asked,
    AtlassianError,
    BrokenAnswer,
    Credentials,
    Dialect,
    Driver,
    Forbidden,
    Head,
    Kind,
    QueryRefused,
    RateLimited,
    StrangeServer,
)
from atlassian.client.policy import AddressPolicy
from atlassian.client.verdicts import judge_head
from tests.stations import Said, Station, station

KEY = "organization-key-0123456789"


@dataclass(eq=False, kw_only=True)
class NotTheWiki(StrangeServer):
    code = "not_the_wiki"


@dataclass(eq=False, kw_only=True)
class OvertakenError(AtlassianError):
    code = "overtaken"
    messages: list[str]


def refused(head: Head, _asked: Asked, messages: list[str]) -> AtlassianError | None:
    return OvertakenError(messages=messages) if head.status == 409 else None


class Wiki(Driver):
    dialect = Dialect(
        agent="okr-wiki",
        stranger=NotTheWiki,
        endpoint_limits=("wiki-burst",),
        refused=refused,
    )
    api = "/wiki"

    def page(self) -> object:
        return self._get("/page", "pages")

    def publish(self) -> object:
        return self._send("PUT", "/page", "pages", {"title": "Review"})

    def cloud_id(self) -> str:
        return self._cloud_id(self._base.removesuffix(self.api))


def wiki(server: Station, credentials: Credentials | None = None) -> Wiki:
    allowed = AddressPolicy(frozenset([server.place]))
    return Wiki(server.url, credentials or Credentials("bot@acme.example", "a-token"), allowed)


def failure_of(said: Said) -> AtlassianError:
    with (
        station(lambda _: said) as server,
        wiki(server) as client,
        pytest.raises(AtlassianError) as failed,
    ):
        client.page()
    return failed.value


def test_a_stranger_is_called_as_the_product_calls_it() -> None:
    assert type(failure_of(Said(b"<html>", kind="text/html"))) is NotTheWiki


def test_a_refusal_of_its_own_comes_before_what_refusals_mean_everywhere() -> None:
    overtaken = failure_of(Said({"errors": [{"title": "Version must be 4"}]}, 409))
    assert isinstance(overtaken, OvertakenError)
    assert overtaken.messages == ["Version must be 4"]
    assert type(failure_of(Said({}, 403))) is Forbidden
    assert type(failure_of(Said({}, 410))) is BrokenAnswer


def test_a_list_of_errors_is_read_by_its_details_and_else_by_its_titles() -> None:
    told = [{"title": "Bad", "detail": "The cursor is over."}, {"title": "Odd"}, "Plain.", 5, {}]
    failure = failure_of(Said({"errors": told}, 400))
    assert isinstance(failure, QueryRefused)
    assert failure.messages == ["The cursor is over.", "Odd", "Plain."]


@pytest.mark.parametrize(("reason", "scope"), [("wiki-burst", "endpoint"), ("x", "connection")])
def test_a_rate_limit_of_one_endpoint_is_known_by_its_reason(reason: str, scope: str) -> None:
    failure = failure_of(Said({}, 429, {"RateLimit-Reason": reason}))
    assert isinstance(failure, RateLimited)
    assert failure.scope == scope
    assert failure.until > datetime.now(UTC)


def test_what_is_sent_and_taken_without_a_word_answers_nothing() -> None:
    with station(lambda _: Said(b"", 202, kind="")) as server, wiki(server) as client:
        assert client.publish() is None
        heard = server.heard[0]
    assert (heard.method, heard.path) == ("PUT", "/wiki/page")
    assert heard.headers["User-Agent"] == "okr-wiki"


def test_a_key_of_an_organization_travels_by_itself() -> None:
    credentials = Credentials("", KEY, Kind.ORGANIZATION_KEY)
    with station(lambda _: Said({})) as server, wiki(server, credentials) as client:
        client.page()
        assert server.heard[0].headers["Authorization"] == f"Bearer {KEY}"


def test_a_site_is_asked_for_its_name_at_the_gateway_without_credentials() -> None:
    with station(lambda _: Said({"cloudId": "1ab-2"})) as server, wiki(server) as client:
        assert client.cloud_id() == "1ab-2"
        assert server.heard[0].path == "/_edge/tenant_info"
        assert "Authorization" not in server.heard[0].headers


@pytest.mark.parametrize(
    ("everywhere", "named", "odd"),
    [
        (True, "", True),
        (True, "other", True),
        (True, "me", False),
        (False, "", False),
        (False, "other", True),
    ],
)
def test_an_answer_for_another_account_is_odd_and_one_for_nobody_where_all_are_named(
    everywhere: bool, named: str, odd: bool
) -> None:
    head = Head(200, {"Content-Type": "application/json", "X-AACCOUNTID": named})
    asked = Asked("https://w.example/page", "w.example", "a@b.example", "pages", account="me")
    dialect = Dialect(agent="okr-wiki", names_everywhere=everywhere)
    assert bool(judge_head(head, asked, datetime(2026, 1, 1, tzinfo=UTC), dialect)) is odd
