"""Each answer of Jira stands for one error, and the error carries what its sentence needs."""

from datetime import UTC, datetime

import pytest

from jira_integration.client import (
    AnonymousAnswer,
    BrokenAnswer,
    Captcha,
    Forbidden,
    MissingScope,
    NotFound,
    NotJira,
    QueryRefused,
    RateLimited,
    Redirected,
    Unavailable,
    UnprovenAnswer,
    WrongCredentials,
)
from tests.jira_integration.client.wire import ACCOUNT, EMAIL, ME, TOKEN, client_of, failure_of
from tests.stations import Heard, Said, station


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Said({}, 401), WrongCredentials),
        (Said(b"<html>", 401, kind="text/html"), WrongCredentials),
        (Said({"message": "Unauthorized; scope does not match"}, 401), MissingScope),
        (Said({}, 403), Forbidden),
        (Said({}, 404), NotFound),
        (Said({"errorMessages": ["No."], "errors": {"jql": "Not so."}}, 400), QueryRefused),
        (Said({}, 410), BrokenAnswer),
        (Said({}, 429), RateLimited),
        (Said({}, 500), Unavailable),
        (Said(b"<html>", 503, kind="text/html"), Unavailable),
        (Said(b"<html>Sign in</html>", kind="text/html"), NotJira),
        (Said(b"hello", kind="text/plain"), NotJira),
        (Said(b"", 304), BrokenAnswer),
        (Said(b'{"accountId": "1"'), BrokenAnswer),
        (Said([]), BrokenAnswer),
        (Said({"accountId": 5}), BrokenAnswer),
        (Said(ME, headers={"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}), AnonymousAnswer),
        (Said(ME, headers={"X-Seraph-LoginReason": "OK, AUTHENTICATED_FAILED"}), AnonymousAnswer),
        (Said({}, 404, {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}), AnonymousAnswer),
        (Said(ME, headers={"X-Seraph-LoginReason": "AUTHENTICATION_DENIED"}), Captcha),
        (Said(ME, headers={"Content-Encoding": "gzip"}), BrokenAnswer),
        (Said(b" " * 10_000_001), BrokenAnswer),
        (Said(b"[" * 100_000), BrokenAnswer),
    ],
)  # fmt: skip
def test_each_answer_has_its_own_error(said, kind):
    failure = failure_of(said)
    assert type(failure) is kind
    assert TOKEN not in repr(failure)


def test_errors_carry_the_facts_that_their_sentences_need():
    refused = failure_of(Said({"errorMessages": ["No."], "errors": {"jql": "Not so."}}, 400))
    assert isinstance(refused, QueryRefused)
    assert refused.messages == ["No.", "Not so."]
    wrong = failure_of(Said({"message": "Unauthorized; scope does not match"}, 401))
    assert isinstance(wrong, MissingScope)
    assert (wrong.email, wrong.what, wrong.host) == (EMAIL, "users", "127.0.0.1")
    down = failure_of(Said({}, 503, {"Retry-After": "60"}))
    assert isinstance(down, Unavailable)
    assert down.status == 503
    assert down.until is not None


@pytest.mark.parametrize(
    ("reason", "scope"),
    [
        ("jira-quota-global-based", "connection"),
        ("jira-quota-tenant-based", "connection"),
        ("jira-burst-based", "endpoint"),
        ("jira-per-issue-on-write", "endpoint"),
        ("", "connection"),
    ],
)
def test_a_rate_limit_says_until_when_and_for_what(reason, scope):
    before = datetime.now(UTC)
    headers = {"Retry-After": "100", "RateLimit-Reason": reason}
    failure = failure_of(Said({}, 429, headers))
    assert isinstance(failure, RateLimited)
    assert failure.scope == scope
    assert 95 < (failure.until - before).total_seconds() < 130


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("kind", ["other host", "other port", "same host", "protocol-relative"])
def test_a_redirect_is_never_followed(status, kind):
    with station(lambda _: Said(ME)) as other:
        locations = {
            "other host": f"http://localhost:{other.server_port}/rest?token={TOKEN}",
            "other port": f"{other.url}/rest/api/3/myself",
            "same host": "/login.jsp?os_destination=secret",
            "protocol-relative": f"//{other.place}/",
        }
        failure = failure_of(Said(b"", status, {"Location": locations[kind]}))
        assert other.heard == []
    assert isinstance(failure, Redirected)
    assert "secret" not in failure.other_host
    assert TOKEN not in failure.other_host


@pytest.mark.parametrize(
    ("location", "other"),
    [
        ("https://evil.example/x", "evil.example"),
        ("https://evil.example:8443/x", "evil.example:8443"),
        ("https://user:pass@evil.example/x", "evil.example"),
        ("http://[::1", "another address"),
        ("mailto:somebody", "another address"),
        ("http://169.254.169.254/latest/", "169.254.169.254"),
    ],
)
def test_a_redirect_names_the_other_host(location, other):
    failure = failure_of(Said(b"", 302, {"Location": location}))
    assert isinstance(failure, Redirected)
    assert failure.other_host == other


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("{here}/login.jsp", True),
        ("https://evil.example/login.jsp", False),
        ("{here}@evil.example/login.jsp", False),
        ("javascript:alert(1)", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_a_captcha_shows_its_page_only_on_the_same_host(url, shown):
    def answer(heard: Heard) -> Said:
        page = url.format(here=f"http://{heard.headers['Host']}")
        denied = f"CAPTCHA_CHALLENGE; login-url={page}"
        return Said({}, 403, {"X-Authentication-Denied-Reason": denied})

    with station(answer) as server, client_of(server) as client:
        with pytest.raises(Captcha) as failed:
            client.myself()
        assert failed.value.login_url == (f"{server.url}/login.jsp" if shown else "")


def test_once_proven_every_answer_must_name_the_same_account():
    answers = iter([ACCOUNT, "someone-else", "", ACCOUNT])

    def answer(_: Heard) -> Said:
        name = next(answers).replace(":", "%3A")
        return Said({**ME, "count": 3}, headers={"X-AACCOUNTID": name} if name else {})

    with station(answer) as server, client_of(server) as client:
        assert client.myself().id == ACCOUNT
        for _ in range(2):
            with pytest.raises(UnprovenAnswer):
                client.count("project = ACME")
        assert client.count("project = ACME") == 3


def test_where_jira_names_no_account_none_is_demanded():
    with station(lambda _: Said({**ME, "count": 3})) as server, client_of(server) as client:
        client.myself()
        assert client.count("project = ACME") == 3
