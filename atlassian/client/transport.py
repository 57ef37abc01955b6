"""Sends one request and returns its JSON, or raises one of our errors: bounded in time and size."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import partial
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from okr.outgoing import (
    BodyError,
    CallError,
    GuardedAdapter,
    Patience,
    WayOut,
    clean,
    decode,
    read_bytes,
)

from .answers import Asked, Head
from .credentials import Credentials, Kind
from .dialect import Dialect
from .errors import AtlassianError
from .faults import translate
from .policy import AddressPolicy
from .verdicts import judge_head, judge_kind, judge_refusal

logger = logging.getLogger(__name__)

ACCEPTED, NO_CONTENT = 202, 204
HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    url: str
    params: Mapping[str, str | int] | None = None
    body: Mapping[str, Any] | None = None
    what: str = field(kw_only=True)
    """What is read; completes "the token may not read …"."""
    signed: bool = True
    decode: Callable[[bytes], Any] = decode
    """Makes the answer of its body; may raise a BodyError."""

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


class Transport:
    """Asks one site. For one thread at a time; close it after use."""

    def __init__(
        self,
        dialect: Dialect,
        credentials: Credentials,
        policy: AddressPolicy,
        patience: Patience,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        adapter: GuardedAdapter | None = None,
    ) -> None:
        self.calls = 0
        self.account = ""
        """Whom every signed answer has to be for, once that is proven."""
        self._answered_for = ""
        self._dialect = dialect
        self._credentials = credentials
        self._clock = clock
        self._way = WayOut(policy, patience, adapter)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._way.close()

    def ask(self, call: Call) -> Any:
        """The decoded JSON of the answer.

        What went wrong is raised from here, bare of its causes: their frames hold the token.
        """
        self.calls += 1
        outcome = self._attempt(call)
        if isinstance(outcome, AtlassianError):
            failure = _redacted(outcome, self._credentials)
            logger.warning("%s %s: %s", call.method, urlsplit(call.url).path, failure)
            raise failure
        return outcome

    def prove(self, call: Call) -> Any:
        """As `ask`; from then on every answer must name the account that this one names."""
        self.account = ""
        answer = self.ask(call)
        self.account = self._answered_for
        return answer

    def _attempt(self, call: Call) -> Any:
        request = requests.Request(
            call.method,
            call.url,
            params=call.params,
            json=call.body,
            headers={**HEADERS, "User-Agent": self._dialect.agent},
            auth=self._credentials.sign if call.signed else None,
        )
        try:
            return self._way.ask(request, partial(self._read, call=call))
        except CallError as error:
            return translate(error, self._dialect.stranger)

    def _read(self, response: requests.Response, call: Call) -> Any:
        head = Head(response.status_code, response.headers)
        asked = self._asked(call)
        if failure := judge_head(head, asked, self._clock(), self._dialect):
            return failure
        refused = head.status == 403
        body = self._credentials.scrub((_read_refusal if refused else read_bytes)(response))
        if head.status >= 400:
            return judge_refusal(head, asked, _decode_softly(body), self._dialect)
        if head.status == NO_CONTENT or (head.status == ACCEPTED and not body):
            return None
        if failure := judge_kind(head, asked, self._dialect):
            self._log_beginning(body)
            return failure
        self._answered_for = head.account
        try:
            return call.decode(body)
        except BodyError:
            self._log_beginning(body)
            raise

    def _asked(self, call: Call) -> Asked:
        owner, kind = self._credentials.email, self._credentials.kind
        told = "" if kind == Kind.API_TOKEN else kind.value
        return Asked(call.url, call.host, owner, call.what, call.signed, self.account, told)

    def _log_beginning(self, body: bytes) -> None:
        """For the operator alone: what page it was that came instead of an answer. Of what may be
        an answer nothing: it would tell of what is private there."""
        if not body.lstrip().startswith(b"<"):
            logger.warning("An answer of %d bytes cannot be read", len(body))
            return
        beginning = self._credentials.redact(clean(body[:200].decode(errors="replace")))
        logger.warning("An answer that cannot be read begins with %r", beginning)


def _read_refusal(response: requests.Response) -> bytes:
    """A refusal stays one, whatever comes of its words."""
    try:
        return read_bytes(response)
    except (BodyError, requests.RequestException, HTTPError, OSError):
        return b""


def _decode_softly(body: bytes) -> Any:
    try:
        return decode(body)
    except BodyError:
        return None


def _redacted(error: AtlassianError, credentials: Credentials) -> AtlassianError:
    """The same error without secrets that a server may have echoed, and without its history."""
    for part in fields(error):
        value = getattr(error, part.name)
        if isinstance(value, str) and part.name != "email":
            setattr(error, part.name, type(value)(credentials.redact(value)))
        elif isinstance(value, list):
            setattr(error, part.name, [credentials.redact(text) for text in value])
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
