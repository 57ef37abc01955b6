"""Every way in which a call out can fail before there is an answer that can be read.

CallError
├── BadAddress            what was typed is no address of a server
└── AtHost
    ├── AddressRefused    the operator does not allow connections to that address
    ├── PlainHttp         the address would carry secrets unencrypted; nothing was sent
    ├── ServerNotFound    no such name, or nothing listens there
    ├── TlsFailure        the certificate cannot be trusted; nothing was sent
    ├── TimedOut          no complete answer in time
    ├── Unavailable       the connection was cut
    ├── NotHttp           something answered in another language
    └── BrokenAnswer      the answer is too large or damaged
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

DETAIL_LENGTH = 200


class TlsReason(StrEnum):
    EXPIRED = "certificate expired"
    UNKNOWN_ISSUER = "unknown issuer"
    WRONG_NAME = "wrong name"
    NO_HANDSHAKE = "no common encryption"


@dataclass(eq=False)
class CallError(Exception):
    """`detail` is technical and for the operator's log alone: it would make a map of a network."""

    detail: str = ""

    def __post_init__(self) -> None:
        self.detail = self.detail[:DETAIL_LENGTH]

    def __str__(self) -> str:
        name = type(self).__name__
        return f"{name}: {self.detail}" if self.detail else name

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.__dict__)


def _rebuild(kind: type[CallError], facts: dict[str, Any]) -> CallError:
    error = kind.__new__(kind)
    error.__dict__.update(facts)
    return error


@dataclass(eq=False, kw_only=True)
class BadAddress(CallError):
    reason: Literal["empty", "password", "unreadable"]


@dataclass(eq=False, kw_only=True)
class AtHost(CallError):
    host: str


class AddressRefused(AtHost):
    pass


class PlainHttp(AtHost):
    pass


class ServerNotFound(AtHost):
    pass


@dataclass(eq=False, kw_only=True)
class TlsFailure(AtHost):
    reason: TlsReason


@dataclass(eq=False, kw_only=True)
class TimedOut(AtHost):
    seconds: int
    connected: bool = True
    """False when not even a connection was made."""


class Unavailable(AtHost):
    pass


class NotHttp(AtHost):
    pass


@dataclass(eq=False, kw_only=True)
class BrokenAnswer(AtHost):
    reason: str
