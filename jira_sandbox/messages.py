"""A request as the sandbox reads it and a response as it is written, whatever carries them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
JSON_TYPE = "application/json;charset=UTF-8"


class RefusedError(Exception):
    """An answer other than success, in the shape of Jira's error collection."""

    def __init__(self, status: int, *messages: str, **errors: str) -> None:
        super().__init__(*messages)
        self.status = status
        self.messages = list(messages)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Request:
    """`headers` have lower-case names. `expired`, `unseen` and `lagging` are set by faults."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    expired: bool = False
    unseen: frozenset[str] = frozenset()
    lagging: bool = False

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def host(self) -> str:
        return self.headers.get("host", "")

    def argument(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[-1]

    def json(self) -> Json:
        """The body as a JSON object; anything else is refused as Jira refuses it."""
        if "json" not in self.headers.get("content-type", ""):
            raise RefusedError(415, "Send the body as application/json.")
        try:
            body = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise RefusedError(400, "The body is not JSON that can be read.") from error
        if not isinstance(body, dict):
            raise RefusedError(400, "The body has to be a JSON object.")
        return body


@dataclass(slots=True)
class Delivery:
    """How the bytes leave: whole and at once, unless a fault says otherwise."""

    cut_after: int | None = None
    reset: bool = False
    pause: float = 0.0  # seconds between single bytes


@dataclass(slots=True)
class Response:
    """`caller` is the account that the answer was given to, for the ledger."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    caller: str = ""
    delivery: Delivery = field(default_factory=Delivery)

    def json(self) -> Any:
        return json.loads(self.body)


def json_response(body: Any, status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(status, text.encode(), {"Content-Type": JSON_TYPE})


def refused_response(refused: RefusedError) -> Response:
    body = {"errorMessages": refused.messages, "errors": refused.errors}
    return json_response(body, refused.status)


def html_response(text: str, status: int = 200) -> Response:
    return Response(status, text.encode(), {"Content-Type": "text/html;charset=UTF-8"})


def redirect(location: str, status: int = 303) -> Response:
    return Response(status, b"", {"Location": location})
