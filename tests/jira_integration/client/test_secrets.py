"""The token is in no text that anybody could read, whatever goes wrong."""

import base64
import logging
import pickle
import traceback

import pytest

from atlassian.client.credentials import MASK
from jira_integration.client import AddressPolicy, Credentials, JiraError, Token, read_address
from jira_integration.client.cloud import CloudClient
from tests.jira_integration.client.wire import EMAIL, SERVER_INFO, TOKEN, client_of
from tests.stations import Heard, Said, line, station

PAIR = base64.b64encode(f"{EMAIL}:{TOKEN}".encode()).decode()
HEADER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"


def echo(status: int, **headers: str):
    """Sends back everything that it was told, in every place."""

    def answer(heard: Heard) -> Said:
        secrets = f"{TOKEN} {heard.headers['Authorization']}"
        body = {"errorMessages": [secrets], "errors": {"a": secrets}, "message": secrets}
        return Said(body, status, {name: value + secrets for name, value in headers.items()})

    return answer


ANSWERS = {
    "401": echo(401),
    "scope": lambda _: Said({"message": f"scope does not match {TOKEN}"}, 401),
    "403": echo(403),
    "404": echo(404),
    "400": echo(400),
    "410": echo(410),
    "429": echo(429, **{"Retry-After": "1", "RateLimit-Reason": ""}),
    "500": echo(500),
    "redirect": echo(302, Location="/x/"),
    "redirect elsewhere": echo(302, Location="https://evil.example/"),
    "captcha": echo(403, **{"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url="}),
    "html": lambda _: Said(TOKEN.encode(), kind=f"text/{TOKEN}"),
    "broken": lambda _: Said(TOKEN.encode()),
    "anonymous": echo(200, **{"X-Seraph-LoginReason": "AUTHENTICATED_FAILED,"}),
    "wrong shape": echo(200),
}


def shown(error: BaseException) -> str:
    """All that a log, a page or an error report could make of it, with every frame's locals."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    parts = [repr(error), str(error), repr(vars(error)), repr(error.args), *report.format()]
    while inner := error.__cause__ or error.__context__:
        error = inner
        parts.append(repr(error))
    return "\n".join(parts)


def assert_silent(text: str) -> None:
    assert TOKEN not in text
    assert PAIR not in text


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_gets_the_token_into_an_error_or_a_log(name, caplog):
    caplog.set_level(logging.DEBUG)
    with (
        station(ANSWERS[name]) as server,
        client_of(server) as client,
        pytest.raises(JiraError) as failed,
    ):
        client.myself()
    assert PAIR in server.heard[0].headers["Authorization"]
    assert_silent(shown(failed.value))
    assert_silent(caplog.text)


@pytest.mark.parametrize(
    "speak",
    [
        lambda connection: connection.recv(65_536),
        lambda connection: connection.recv(65_536) and connection.sendall(HEADER),
        lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n"),
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200),
    ],
)
def test_no_broken_line_gets_the_token_into_an_error_or_a_log(speak, caplog):
    caplog.set_level(logging.DEBUG)
    with line(speak) as server, client_of(server) as client, pytest.raises(JiraError) as failed:
        client.myself()
    assert_silent(shown(failed.value))
    assert_silent(caplog.text)


def test_a_refused_address_keeps_the_token_to_itself(caplog):
    site = read_address("https://10.0.0.1")
    client = CloudClient(site, Credentials(EMAIL, TOKEN), AddressPolicy())
    with client, pytest.raises(JiraError) as failed:
        client.myself()
    assert_silent(shown(failed.value))
    assert_silent(caplog.text)


def test_a_token_shows_itself_only_when_asked_by_name():
    token, credentials = Token(TOKEN), Credentials(EMAIL, TOKEN)
    assert_silent(f"{token} {token!r} {[token]} {credentials} {credentials!r}")
    assert token.reveal() == TOKEN
    assert str(token) == MASK
    assert token == Token(TOKEN) != Token("other")
    assert len({token, Token(TOKEN)}) == 1
    assert not Token("")
    with pytest.raises(TypeError):
        pickle.dumps(token)


@pytest.mark.parametrize("text", [TOKEN, f"Basic {PAIR}", "Bearer eyJhbGciOi.x-y_z", f"a{PAIR}b"])
def test_redaction_knows_every_form_of_the_token(text):
    assert MASK in Credentials(EMAIL, TOKEN).redact(f"before {text} after")
    assert_silent(Credentials(EMAIL, TOKEN).redact(f"before {text} after"))
    assert Credentials("", "").redact("nothing to hide") == "nothing to hide"


@pytest.mark.parametrize("slip", ["i", "}", '"', "true", "version", ""])
def test_a_mistyped_token_of_a_few_letters_does_not_damage_the_answers(slip):
    with station(lambda _: Said(SERVER_INFO)) as server:
        policy = AddressPolicy(frozenset([server.place]))
        site = read_address(server.url, policy.allowed_hosts)
        with CloudClient(site, Credentials(EMAIL, slip), policy) as client:
            assert client.server().version == SERVER_INFO["version"]
