"""Posts JSON to an address outside, and tells in a calm sentence what became of it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from okr.outgoing import (
    AddressRefused,
    BadAddress,
    CallError,
    Patience,
    PlainHttp,
    ServerNotFound,
    TimedOut,
    TlsFailure,
    WayOut,
    clean,
)

PATIENCE = Patience(connect=5, total=10)
MOST_READ = 1_000
NOT_ALLOWED = "This address may not be reached from here. Whoever runs the product can allow it."
SENTENCES: dict[type[CallError], str] = {
    BadAddress: "This is not the address of a server.",
    AddressRefused: NOT_ALLOWED,
    PlainHttp: NOT_ALLOWED,
    ServerNotFound: "No server could be found at this address.",
    TlsFailure: "The certificate of this address cannot be trusted.",
    TimedOut: "There was no complete answer within 10 seconds.",
}
CUT = "The connection ended before there was an answer."


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status` is empty where there was no answer; `words` where it was accepted."""

    accepted: bool
    status: int | None = None
    words: str = ""
    excerpt: str = ""
    milliseconds: int = 0

    @property
    def seen(self) -> dict[str, Any]:
        """What is kept of it, by the columns of what was tried."""
        return {
            "status": self.status,
            "words": self.words,
            "excerpt": self.excerpt,
            "milliseconds": self.milliseconds,
        }

    @property
    def is_gone(self) -> bool:
        return self.status == HTTPStatus.GONE


def post(way: WayOut, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    request = requests.Request("POST", url, data=body, headers=dict(headers))
    began = time.monotonic()
    try:
        status, excerpt = way.ask(request, _read)
    except CallError as error:
        words = SENTENCES.get(type(error), CUT)
        return Outcome(accepted=False, words=words, milliseconds=_since(began))
    words = words_for(status)
    return Outcome(not words, status, words, excerpt, _since(began))


def words_for(status: int) -> str:
    """Nothing where it was accepted."""
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"It answered {status}, a redirect. Redirects are not followed."
    return f"It answered {status}."


def _read(response: requests.Response) -> tuple[int, str]:
    """However odd the body is, the status says whether it was accepted."""
    stream: Any = response.raw.stream(MOST_READ, decode_content=True)
    try:
        piece = next(stream, b"")
    except (HTTPError, OSError):
        piece = b""
    return response.status_code, clean(piece[:MOST_READ].decode(errors="replace"))


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1_000)
