"""A hostile or unlucky server makes one typed error, in time, and learns nothing."""

import gzip
import resource
import socket
import struct
import time
from datetime import UTC, datetime

import pytest

from jira_integration.client import (
    AnonymousAnswer,
    BrokenAnswer,
    Captcha,
    Forbidden,
    JiraError,
    MissingScope,
    NotFound,
    NotJira,
    QueryRefused,
    RateLimited,
    Redirected,
    TimedOut,
    Unavailable,
    UnprovenAnswer,
    WrongCredentials,
)
from jira_integration.client.credentials import MASK
from tests.jira_integration.client.wire import (
    ACCOUNT,
    EMAIL,
    TOKEN,
    Heard,
    Said,
    client_of,
    line,
    station,
)

ME = {"accountId": ACCOUNT, "displayName": "Acme Bot"}
HELLO = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
AT_ONCE = struct.pack("ii", 1, 0)


def failure_of(said: Said) -> JiraError:
    with station(lambda _: said) as server, client_of(server) as client:
        with pytest.raises(JiraError) as failed:
            client.myself()
        assert client.calls == len(server.heard) == 1
    return failed.value


def failure_on(speak, seconds: float = 5.0) -> JiraError:
    with line(speak) as server, client_of(server, seconds=seconds) as client:
        with pytest.raises(JiraError) as failed:
            client.myself()
        assert server.connections == 1
    return failed.value


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


def test_cookies_are_neither_kept_nor_sent():
    said = Said(ME, headers={"Set-Cookie": "JSESSIONID=1; Path=/"})
    with station(lambda _: said) as server, client_of(server) as client:
        client.myself()
        client.myself()
        assert [heard.headers.get("Cookie") for heard in server.heard] == [None, None]


def test_one_connection_serves_many_questions():
    with station(lambda _: Said({"count": 3})) as server, client_of(server) as client:
        assert [client.count("x = y") for _ in range(5)] == [3] * 5
        assert len(server.callers) == 1


def test_the_environment_and_netrc_are_not_listened_to(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login spy password spied\n")
    with station(lambda _: Said(ME)) as spy, station(lambda _: Said(ME)) as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, spy.url)
        monkeypatch.setenv("NETRC", str(netrc))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
        with client_of(server) as client:
            client.myself()
        assert spy.heard == []
        assert "c3B5" not in server.heard[0].headers["Authorization"]


def test_an_explicit_proxy_is_used_and_the_address_is_still_checked():
    with station(lambda _: Said(ME)) as server, station(lambda _: Said(ME)) as proxy:
        with client_of(server, proxy=proxy.url) as client:
            client.myself()
        assert server.heard == []
        assert proxy.heard[0].path == "/rest/api/3/myself"


def drip(connection: socket.socket, pieces: bytes) -> None:
    for piece in pieces:
        connection.sendall(bytes([piece]))
        time.sleep(0.05)


def test_an_endless_drip_of_headers_ends_at_the_deadline():
    failure = failure_on(lambda c: drip(c, HELLO + b"X-Filler: " + b"x" * 10_000), seconds=0.5)
    assert isinstance(failure, TimedOut)


def test_an_endless_drip_of_body_ends_at_the_deadline():
    def speak(connection: socket.socket) -> None:
        connection.sendall(HELLO + b"Content-Length: 10000\r\n\r\n")
        drip(connection, b" " * 10_000)

    assert isinstance(failure_on(speak, seconds=0.5), TimedOut)


def test_an_endless_drip_of_chunks_ends_at_the_deadline():
    def speak(connection: socket.socket) -> None:
        connection.sendall(HELLO + b"Transfer-Encoding: chunked\r\n\r\n")
        drip(connection, b"1\r\n \r\n" * 10_000)

    assert isinstance(failure_on(speak, seconds=0.5), TimedOut)


def test_silence_ends_at_the_deadline():
    failure = failure_on(lambda _: time.sleep(3), seconds=0.3)
    assert isinstance(failure, TimedOut)
    assert failure.connected


def test_after_a_deadline_the_next_question_is_answered():
    answers = iter([lambda: time.sleep(1.5), lambda: None])

    def answer(_: Heard) -> Said:
        next(answers)()
        return Said({"count": 3})

    with station(answer) as server, client_of(server, seconds=0.5) as client:
        with pytest.raises(TimedOut):
            client.count("x = y")
        assert client.count("x = y") == 3


def test_a_cut_in_the_middle_is_a_truncated_answer():
    def speak(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(HELLO + b'Content-Length: 100\r\n\r\n{"accountId": "712')

    failure = failure_on(speak)
    assert isinstance(failure, BrokenAnswer)
    assert failure.reason == "truncated"


@pytest.mark.parametrize("before", [b"", HELLO + b'Content-Length: 100\r\n\r\n{"accou'])
def test_a_reset_connection_is_unavailable(before):
    def speak(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(before)
        time.sleep(0.2)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)

    failure = failure_on(speak)
    assert isinstance(failure, Unavailable)
    assert failure.status == 0


def test_a_hang_up_without_a_word_is_unavailable():
    assert isinstance(failure_on(lambda c: c.recv(65_536)), Unavailable)


def test_what_does_not_speak_http_is_not_jira():
    assert isinstance(failure_on(lambda c: c.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")), NotJira)


@pytest.mark.parametrize(
    ("status", "location", "kind"),
    [(200, "", BrokenAnswer), (400, "", BrokenAnswer), (302, "/elsewhere", Redirected)],
)
def test_a_bomb_is_not_unfolded(status, location, kind):
    bomb = gzip.compress(b" " * 200_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    headers = {"Content-Encoding": "gzip"} | ({"Location": location} if location else {})
    failure = failure_of(Said(bomb, status, headers))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert type(failure) is kind
    assert grown < 50_000  # kilobytes


def test_a_server_that_echoes_the_token_does_not_get_it_into_an_error():
    echo = f"You sent {TOKEN} as Basic Ym90OmNhbmFyeQ=="
    failure = failure_of(Said({"errorMessages": [echo]}, 400))
    assert isinstance(failure, QueryRefused)
    assert failure.messages == [f"You sent {MASK} as Basic {MASK}"]
