"""The only code that speaks HTTP to Atlassian: what the clients of all its products stand on.

Each product has a client of its own in its room: a dialect, a driver, what can be read there.
"""

from .address import Layout, SiteAddress
from .answers import Asked, Head
from .credentials import Credentials, Kind, Token
from .dialect import Dialect
from .driver import Driver
from .errors import (
    AddressRefused,
    AnonymousAnswer,
    AtlassianError,
    BadAddress,
    BasicOff,
    BrokenAnswer,
    Captcha,
    EmailNeeded,
    Forbidden,
    MissingScope,
    NotFound,
    OtherAccount,
    PlainHttp,
    QueryRefused,
    RateLimited,
    Redirected,
    SealError,
    ServerNotFound,
    StrangeServer,
    TimedOut,
    TlsFailure,
    Unavailable,
    UnprovenAnswer,
    WrongCredentials,
)
from .pages import MOST_PAGES, Page, follow
from .policy import AddressPolicy
from .shapes import ShapeError
from .transport import Call, Transport

__all__ = [
    "MOST_PAGES",
    "AddressPolicy",
    "AddressRefused",
    "AnonymousAnswer",
    "Asked",
    "AtlassianError",
    "BadAddress",
    "BasicOff",
    "BrokenAnswer",
    "Call",
    "Captcha",
    "Credentials",
    "Dialect",
    "Driver",
    "EmailNeeded",
    "Forbidden",
    "Head",
    "Kind",
    "Layout",
    "MissingScope",
    "NotFound",
    "OtherAccount",
    "Page",
    "PlainHttp",
    "QueryRefused",
    "RateLimited",
    "Redirected",
    "SealError",
    "ServerNotFound",
    "ShapeError",
    "SiteAddress",
    "StrangeServer",
    "TimedOut",
    "TlsFailure",
    "Token",
    "Transport",
    "Unavailable",
    "UnprovenAnswer",
    "WrongCredentials",
    "follow",
]
