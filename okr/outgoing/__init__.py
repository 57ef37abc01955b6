"""The only way out of the product: to addresses that the operator allows, bounded in time and size.

Knows nothing of who asks or why; standard library and requests alone.
"""

from .address import PORTS, Place, bracketed, origin_of, read_place
from .body import LARGEST, BodyError, clean, decode
from .errors import (
    AddressRefused,
    BadAddress,
    BrokenAnswer,
    CallError,
    NotHttp,
    PlainHttp,
    ServerNotFound,
    TimedOut,
    TlsFailure,
    TlsReason,
    Unavailable,
)
from .guard import CONNECT_SECONDS, GuardedAdapter, refuse_at_sight
from .policy import AddressPolicy
from .way_out import Answer, Patience, WayOut, read_answer, read_bytes

__all__ = [
    "CONNECT_SECONDS",
    "LARGEST",
    "PORTS",
    "AddressPolicy",
    "AddressRefused",
    "Answer",
    "BadAddress",
    "BodyError",
    "BrokenAnswer",
    "CallError",
    "GuardedAdapter",
    "NotHttp",
    "Patience",
    "Place",
    "PlainHttp",
    "ServerNotFound",
    "TimedOut",
    "TlsFailure",
    "TlsReason",
    "Unavailable",
    "WayOut",
    "bracketed",
    "clean",
    "decode",
    "origin_of",
    "read_answer",
    "read_bytes",
    "read_place",
    "refuse_at_sight",
]
