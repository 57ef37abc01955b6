"""Walks through the cells of one address: each role, each method, each kind of thing it names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from tests.okr.matrix.declaring import (
    DOOR,
    IN,
    METHODS,
    NOT_ALLOWED,
    READING,
    REFUSED,
    ROLES,
    SIGNED_IN,
    UNSEEN,
    Declared,
)
from tests.okr.matrix.world import World, missing

MIDDLEWARE = ClientHandler(enforce_csrf_checks=False)
CODES = {401: REFUSED, 403: REFUSED, 404: UNSEEN, 405: NOT_ALLOWED, 410: UNSEEN}


@dataclass
class Walk:
    """`cells` counts the answers that were looked at; `wrong` tells those that differ."""

    name: str
    declared: Declared
    world: World

    def __post_init__(self) -> None:
        self.cells = 0
        self.wrong: list[str] = []

    def take(self) -> "Walk":
        for url, confidential in self.addresses():
            for role in ROLES:
                for method in METHODS:
                    expected = self.declared.expects(role, method, confidential)
                    self.look(role, method, url, {expected})
        for url in self.nowhere():
            for role in SIGNED_IN:
                for method in self.declared.methods:
                    self.look(role, method, url, {UNSEEN, REFUSED})
        return self

    def addresses(self) -> Iterator[tuple[str, bool]]:
        pairs = {name: self.world.pair(noun) for name, noun in self.declared.args.items()}
        public = {name: pair.public for name, pair in pairs.items()}
        secret = {name: pair.confidential for name, pair in pairs.items()}
        yield reverse(self.name, kwargs=public), False
        if secret != public:
            yield reverse(self.name, kwargs=secret), True

    def nowhere(self) -> Iterator[str]:
        args = {name: self.world.pair(noun).public for name, noun in self.declared.args.items()}
        for name, value in args.items():
            yield reverse(self.name, kwargs=args | {name: missing(value)})

    def look(self, role: str, method: str, url: str, expected: set[str]) -> None:
        self.cells += 1
        kind: dict[str, Any] = {}
        if self.declared.spoken:
            kind["content_type"] = "application/json"
        response = answer(self.world.keys.get(role), method, url, **kind)
        found = told(response, method)
        if found not in expected:
            wanted = " or ".join(sorted(expected))
            self.wrong.append(f"{role} {method} {url}: {found}, expected {wanted}")


def visitor(headers: Mapping[str, str] | None = None) -> Client:
    """Without a past. All use one chain of middleware: to build it costs as much as an answer."""
    client = Client(raise_request_exception=False, headers=headers)
    client.handler = MIDDLEWARE
    return client


def answer(
    key: str | None, method: str, url: str, sent: Any = None, keep: bool = False, **more: Any
) -> HttpResponse:
    """What is answered; unless it is kept, whatever it changed is taken back."""
    cache.clear()
    client = visitor()
    if key:
        client.cookies[settings.SESSION_COOKIE_NAME] = key
    point = transaction.savepoint()
    try:
        answered: HttpResponse = getattr(client, method.lower())(url, sent, **more)
        return answered
    finally:
        if not keep:
            transaction.savepoint_rollback(point)


def told(response: HttpResponse, method: str) -> str:
    """An answer as one of the words; a form that was refused for its content was let in."""
    code = response.status_code
    if 300 <= code < 400 and response["Location"].startswith("/sign-in/?next="):
        return DOOR
    if code in CODES:
        return CODES[code]
    if code < 400 or (method not in READING and code in (400, 409, 422, 428)):
        return IN
    return f"a broken page ({code})"
