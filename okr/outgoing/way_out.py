"""Sends one request and has its answer read: bounded in time and size, and never redirected."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import requests
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError

from .body import LARGEST, BodyError, decode
from .errors import BadAddress, BrokenAnswer, CallError, TimedOut
from .faults import translate
from .guard import CONNECT_SECONDS, GuardedAdapter
from .policy import AddressPolicy

T = TypeVar("T")
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for a connection, and for the complete answer."""

    connect: float = CONNECT_SECONDS
    total: float = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: CaseInsensitiveDict[str]
    body: bytes

    def json(self) -> Any:
        """Raises a BodyError."""
        return decode(self.body)


class WayOut:
    """For one thread at a time; close it after use.

    It goes straight to the adapter: a session of requests would bring cookies and the environment,
    and reads the body of a redirect without bounds even when told not to follow.
    """

    def __init__(
        self,
        policy: AddressPolicy,
        patience: Patience | None = None,
        adapter: GuardedAdapter | None = None,
    ) -> None:
        self._policy = policy
        self.patience = patience or Patience()
        self._adapter = adapter or GuardedAdapter(policy, self.patience.connect)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._adapter.close()

    def ask(self, request: requests.Request, read: Callable[[requests.Response], T]) -> T:
        """What `read` makes of the answer.

        What went wrong is raised from here as a CallError, bare of its causes: their frames hold
        what was sent.
        """
        outcome = self._attempt(request, read)
        if isinstance(outcome, CallError):
            raise outcome.with_traceback(None)
        return outcome

    def _attempt(
        self, request: requests.Request, read: Callable[[requests.Response], T]
    ) -> T | CallError:
        try:
            host = urlsplit(request.url or "").hostname or ""
        except ValueError:
            return BadAddress(reason="unreadable")
        seconds = round(self.patience.total)
        failure: CallError
        with _Deadline(self.patience.total, self._adapter.cut) as deadline:
            response: requests.Response | None = None
            try:
                response = self._send(request)
                return read(response)
            except CallError as error:
                failure = error
            except BodyError as error:
                failure = BrokenAnswer(host=host, reason=str(error))
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                failure = translate(error, host, seconds, answered=response is not None)
            finally:
                if response is not None:
                    response.close()
        if deadline.expired:
            return TimedOut(host=host, seconds=seconds)
        failure.__cause__ = failure.__context__ = None
        return failure

    def _send(self, request: requests.Request) -> requests.Response:
        return self._adapter.send(
            request.prepare(),
            stream=True,
            timeout=(self.patience.connect, self.patience.total),
            verify=self._policy.ca_bundle or True,
            proxies=dict.fromkeys(("http", "https"), self._policy.proxy),
        )


class _Deadline:
    """Calls `cut` when the time is up, since a server may send a byte a second for ever."""

    def __init__(self, seconds: float, cut: Callable[[], None]) -> None:
        self.expired = False
        self._cut = cut
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self.expired = True
        self._cut()


def read_answer(response: requests.Response) -> Answer:
    return Answer(response.status_code, response.headers, read_bytes(response))


def read_bytes(response: requests.Response) -> bytes:
    """The whole body after decompression. Raises a BodyError when it is too large."""
    pieces, size = [], 0
    for piece in response.raw.stream(PIECE, decode_content=True):
        size += len(piece)
        if size > LARGEST:
            raise BodyError("too large")
        pieces.append(piece)
    return b"".join(pieces)
