"""Sentry learns what broke and where: never for whom, with what, or how we are let in."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
from celery import shared_task
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from config.watch import sentry
from jira_integration.client import (
    AddressPolicy,
    CloudClient,
    Credentials,
    DataCenterClient,
    JiraClient,
    Kind,
    read_address,
)

CANARY = "Zq8canary7vNxW31"
TOKEN = f"ATATT3xFfGF0{CANARY}"
EMAIL = f"{CANARY}@larkspur.example"
DSN = "https://key@sentry.example/1"
SITE = read_address("https://jira.example")
sent: list[str] = []


class Caught(Transport):
    """Keeps what would go out."""

    def capture_envelope(self, envelope: Envelope) -> None:
        sent.append(envelope.serialize().decode())


@pytest.fixture(autouse=True)
def _sentry() -> Iterator[None]:
    sent.clear()
    sentry.begin(DSN, "tests", Caught)
    yield
    sentry.end()


def events() -> list[dict[str, Any]]:
    return [json.loads(text.splitlines()[2]) for text in sent]


def broken(request: HttpRequest, token: str) -> HttpResponse:
    body, secret = request.body, TOKEN
    raise ValueError(f"{body!r} {secret} of {EMAIL} (Authorization: Basic {CANARY}) is no number")


urlpatterns = [path("broken/<str:token>/", broken, name="broken")]
handler500 = "okr.views.errors.broken"


@pytest.mark.urls(__name__)
def test_of_a_request_it_learns_the_route_and_nothing_that_came_with_it(ada):
    ada.email = EMAIL
    ada.save()
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    client.cookies["flavour"] = CANARY
    answer = client.post(
        f"/broken/{CANARY}/?q={CANARY}",
        {"note": CANARY},
        headers={"Authorization": f"Bearer {CANARY}", "X-Request-ID": "edge-12345678"},
    )

    [event] = events()
    assert answer.status_code == 500
    assert event["tags"] == {"route": "broken", "method": "POST", "request_id": "edge-12345678"}
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert "is no number" in event["exception"]["values"][0]["value"]
    assert event["exception"]["values"][0]["stacktrace"]["frames"][-1]["function"] == "broken"
    assert CANARY not in "".join(sent)
    assert set(event) <= {*sentry.KEPT, "tags", "exception", "sdk"}


@shared_task
def breaking(words: str) -> None:
    secret = TOKEN
    raise RuntimeError(f"token={secret} {words!r}")


def test_of_a_task_it_learns_its_name_and_no_argument():
    breaking.apply(args=(CANARY,))
    [event] = events()
    assert event["tags"] == {"task": f"{__name__}.breaking"}
    assert CANARY not in "".join(sent)


class Breaking:
    """Breaks down with the signed request in hand."""

    def send(self, request: Any, **_options: Any) -> None:
        raise RuntimeError(f"broke with Authorization: {request.headers.get('Authorization')}")

    def cut(self) -> None: ...

    def close(self) -> None: ...


METHODS = [name for name in vars(JiraClient) if not name.startswith("_") and name != "calls"]
CLIENTS = {
    CloudClient: Credentials(EMAIL, TOKEN),
    DataCenterClient: Credentials(CANARY, CANARY * 3, Kind.ACCESS_TOKEN),
}


@pytest.mark.parametrize("kind", CLIENTS)
def test_of_no_method_of_the_client_it_learns_the_token(kind):
    reached = 0
    for name in sorted(set(METHODS) - {"close"}):
        client = kind(SITE, CLIENTS[kind], AddressPolicy())
        client._transport._way._adapter = Breaking()
        try:
            call(getattr(client, name))
        except Exception as error:  # whatever it is: each of its frames holds the client
            reached += "broke with" in str(error)
            sentry.capture(error)
    assert len(sent) >= len(METHODS) - 3
    assert reached >= len(METHODS) // 2
    assert CANARY not in "".join(sent)


def call(method: Any) -> None:
    """With something for each argument; what is answered bit by bit is read to its end."""
    answers = method(*(some(each) for each in inspect.signature(method).parameters.values()))
    if inspect.isgenerator(answers):
        list(answers)


def some(parameter: inspect.Parameter) -> Any:
    kind = str(parameter.annotation)
    if "Iterable[int" in kind or "Collection[int" in kind:
        return [10_001]
    return ["OPS"] if "Iterable" in kind or "Sequence" in kind else 1 if kind == "int" else "OPS"


def test_after_its_end_it_learns_nothing():
    sentry.end()
    sentry.capture(ValueError("nobody hears"))
    assert sent == []
    assert not sentry_sdk.get_client().is_active()
