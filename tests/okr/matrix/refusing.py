"""Sends to one address of the API what it must refuse, and looks whether anything changed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import resolve, reverse
from django.utils import timezone

from okr.models import ApiToken, Person
from tests.okr.matrix.declaring import IN, Declared
from tests.okr.matrix.scripting import (
    JSON,
    NO_JSON,
    NO_OBJECTS,
    UNKNOWN,
    Operation,
    operations,
)
from tests.okr.matrix.walking import visitor
from tests.okr.matrix.world import World

ALL = ("read", "write", "admin")
WRITING = ("post", "patch", "put", "delete")
BARRED = {403, 404, 409}
"""Where what a row is forbids the deed, that may be said before the body is looked at."""


@dataclass
class Refusals:
    """`cells` counts the answers that were looked at; `wrong` tells those that differ."""

    name: str
    declared: Declared
    world: World
    cells: int = 0
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        named = {name: self.world.pair(noun).public for name, noun in self.declared.args.items()}
        self.url = reverse(self.name, kwargs=named)
        self.view: Any = resolve(self.url).func.view_class  # type: ignore[attr-defined]
        self.tokens = {scopes: self._token(scopes) for scopes in self._scopes()}

    def all(self) -> "Refusals":
        for operation in operations(self.url):
            self._without_scope(operation)
            self._questions(operation)
            if operation.body is not None:
                self._bodies(operation)
            if operation.asked.get("If-Match", {}).get("required"):
                self._versions(operation)
        return self

    def _without_scope(self, operation: Operation) -> None:
        scope = self._needed(operation.method)
        others = tuple(each for each in ALL if each != scope)
        answer = self._send(operation, scopes=others)
        self._must(operation, "without the scope", answer, {403}, f"“{scope}”")

    def _questions(self, operation: Operation) -> None:
        for asked in ({UNKNOWN: "1"}, {"fields": UNKNOWN}):
            answer = self._send(operation, b"{}", asked=asked)
            expected = {400} if operation.method == "get" else {400, *BARRED}
            self._must(operation, f"asked {asked}", answer, expected, next(iter(asked)))

    def _bodies(self, operation: Operation) -> None:
        for what, sent in (NO_JSON | NO_OBJECTS).items():
            self._must(operation, what, self._send(operation, sent), {400, *BARRED})
        for name, value in [(UNKNOWN, 1), *operation.bad_values()]:
            answer = self._send(operation, json.dumps({name: value}).encode())
            what = f"{name}: {str(value)[:30]!r}"
            self._must(operation, what, answer, {400, 422, *BARRED}, name)
        large = b'{"x": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
        self._must(operation, "too large", self._send(operation, large), {413, *BARRED})
        answer = self._send(operation, b"a=1", kind="application/x-www-form-urlencoded")
        self._must(operation, "a form", answer, {415, *BARRED})

    def _versions(self, operation: Operation) -> None:
        for told, status in (("", 428), ('"of long ago"', 412)):
            answer = self._send(operation, b"{}", version=told)
            self._must(operation, f"If-Match {told}", answer, {status, *BARRED})

    def _must(
        self, operation: Operation, what: str, answer: Any, expected: set[int], word: str = ""
    ) -> None:
        """It is refused with one of these; and where the content is at fault, that is named."""
        self.cells += 1
        code, text = answer.status_code, answer.content.decode()
        if code not in expected:
            complaint = f"{code}, expected one of {sorted(expected)}: {text[:200]}"
        elif word and not (code in BARRED and 400 in expected) and word not in _named(answer):
            complaint = f"{code} names no {word}: {text[:200]}"
        else:
            return
        self.wrong.append(f"{operation.method.upper()} {operation.path} {what}: {complaint}")

    def _send(
        self,
        operation: Operation,
        sent: bytes = b"",
        *,
        kind: str = JSON,
        scopes: tuple[str, ...] = ALL,
        asked: Mapping[str, str] | None = None,
        version: str = "*",
    ) -> Any:
        cache.clear()
        token = f"Bearer {self.tokens[scopes]}"
        client = visitor({"Authorization": token, "If-Match": version})
        send = getattr(client, operation.method)
        if operation.method == "get":
            return send(self.url, asked or {})
        return send(self.url, sent, content_type=kind, query_params=asked)

    def _needed(self, method: str) -> str:
        usual = "write" if method in WRITING else "read"
        return str(getattr(self.view, "scopes", {}).get(method.upper(), usual))

    def _scopes(self) -> Iterator[tuple[str, ...]]:
        yield ALL
        for missing in ALL:
            yield tuple(each for each in ALL if each != missing)

    def _token(self, scopes: tuple[str, ...]) -> str:
        person = self._allowed()
        token, told = ApiToken.objects.issue(
            person, "A script", scopes, by=person, at=timezone.now()
        )
        token.used(timezone.now())
        return told

    def _allowed(self) -> Person:
        for role in ("admin", "owner", "manager"):
            if self.declared.posting(role, False) == IN:
                return self.world.people[role]
        raise AssertionError(f"Nobody is let in at {self.name}")


def _named(answer: Any) -> str:
    """All that a problem says, and the fields by their ways."""
    told = answer.json()
    assert told["status"] == answer.status_code == HTTPStatus(answer.status_code)
    return " ".join([told["detail"], *(each["field"] for each in told.get("errors", []))])
