"""A hostile or unlucky server makes one typed error, in time, and learns nothing."""

import gzip
import resource
import socket
import struct
import time
from ipaddress import ip_address

import pytest

from atlassian.client.credentials import MASK
from jira_integration.client import (
    AddressPolicy,
    AddressRefused,
    BrokenAnswer,
    CloudClient,
    Credentials,
    JiraError,
    NotJira,
    QueryRefused,
    Redirected,
    SiteAddress,
    TimedOut,
    Unavailable,
)
from okr.outgoing.ranges import Address
from tests.jira_integration.client.wire import EMAIL, ME, TOKEN, client_of, failure_of
from tests.stations import Heard, Said, line, station

HELLO = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
AT_ONCE = struct.pack("ii", 1, 0)


def failure_on(speak, seconds: float = 5.0) -> JiraError:
    with line(speak) as server, client_of(server, seconds=seconds) as client:
        with pytest.raises(JiraError) as failed:
            client.myself()
        assert server.connections == 1
    return failed.value


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


def test_an_explicit_proxy_is_the_only_way_out():
    with station(lambda _: Said(ME)) as server, station(lambda _: Said(ME)) as proxy:
        with client_of(server, proxy=proxy.url) as client:
            client.myself()
        assert server.heard == []
        assert proxy.heard[0].path == "/rest/api/3/myself"


def asked_behind(proxy: str, host: str, resolver) -> JiraError:
    policy = AddressPolicy(proxy=proxy, resolver=resolver)
    site = SiteAddress("https", host, 443)
    client = CloudClient(site, Credentials(EMAIL, TOKEN), policy)
    with client, pytest.raises(JiraError) as failed:
        client.myself()
    return failed.value


def nobody_knows(*_) -> list[Address]:
    raise OSError("no such name")


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_a_proxy_is_not_asked_for_a_forbidden_address(host):
    inner = ip_address(host)
    with line(lambda _: None) as proxy:
        url = f"http://proxy.example:{proxy.port}"
        assert isinstance(asked_behind(url, host, nobody_knows), AddressRefused)
        failure = asked_behind(url, "acme.example", lambda *_: [inner])
        assert isinstance(failure, AddressRefused)
        assert proxy.connections == 0


def test_a_name_that_only_the_proxy_knows_is_left_to_the_proxy():
    told: list[bytes] = []
    with line(lambda connection: told.append(connection.recv(4096))) as proxy:
        assert asked_behind(proxy.url, "acme.example", nobody_knows).retry
    assert told[0].startswith(b"CONNECT acme.example:443 ")
    assert b"Authorization" not in told[0]


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


@pytest.mark.parametrize("kind", ["application/json", "text/html"])
def test_the_operator_sees_how_an_unreadable_answer_begins(kind, caplog):
    failure_of(Said(f"<h1>Hello {TOKEN}\0</h1>".encode() + b"x" * 999, kind=kind))
    assert f"'<h1>Hello {MASK}</h1>x" in caplog.text
    assert "x" * 200 not in caplog.text
