"""Every way in which asking Atlassian can fail, each with a verdict: callers read a flag, not text.

AtlassianError
├── BadAddress          what was typed is not the address of a site
├── AddressRefused      the operator does not allow connections to that address
├── ServerNotFound      no such name, or nothing listens there
├── TlsFailure          the certificate cannot be trusted; nothing was sent
├── PlainHttp           the address would carry the token unencrypted; nothing was sent
├── TimedOut            no complete answer in time
├── Unavailable         5xx, or the connection was cut
├── StrangeServer       something answered, and it is not what was looked for
├── Redirected          something answered with another address; it was not followed
├── BrokenAnswer        an answer that cannot be read
├── WrongCredentials    401
│   ├── MissingScope    401 because a scoped token does not cover what was asked
│   ├── BasicOff        the site takes no passwords, only personal access tokens
│   ├── OtherAccount    the access token works, and is somebody else's
│   └── EmailNeeded     Cloud knows people by e-mail address; nothing was sent
├── Captcha             a person has to sign in in a browser first
├── Forbidden           403
├── AnonymousAnswer     200, but as if nobody were signed in
│   └── UnprovenAnswer  the answer does not say that it is for the proven account
├── RateLimited         429
├── QueryRefused        400: the question is not accepted
├── NotFound            404: missing, or invisible to this account
└── SealError           the saved secret does not open for this address

What only one product knows, its room adds below these.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from okr.outgoing import TlsReason

DETAIL_LENGTH = 200


@dataclass(eq=False)
class AtlassianError(Exception):
    """`retry`: a later attempt can succeed by itself. `stops_connection`: a person must act first.

    Neither means that the fault lies in what was asked, so other questions may still be answered.
    """

    code: ClassVar[str] = "atlassian_error"
    retry: ClassVar[bool] = False
    stops_connection: ClassVar[bool] = False
    discreet: ClassVar[bool] = False
    """Whether `detail` is for the operator's log alone."""

    detail: str = ""
    """Technical, without secrets, clipped."""

    def __post_init__(self) -> None:
        self.detail = self.detail[:DETAIL_LENGTH]

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.__dict__)


def _rebuild(kind: type[AtlassianError], facts: dict[str, Any]) -> AtlassianError:
    error = kind.__new__(kind)
    error.__dict__.update(facts)
    return error


@dataclass(eq=False, kw_only=True)
class BadAddress(AtlassianError):
    code = "bad_address"
    stops_connection = True
    reason: Literal["empty", "password", "unreadable"]


@dataclass(eq=False, kw_only=True)
class AddressRefused(AtlassianError):
    code = "address_refused"
    stops_connection = True
    discreet = True
    host: str


@dataclass(eq=False, kw_only=True)
class ServerNotFound(AtlassianError):
    code = "server_not_found"
    retry = True
    host: str


@dataclass(eq=False, kw_only=True)
class TlsFailure(AtlassianError):
    code = "tls_failure"
    retry = True
    host: str
    reason: TlsReason


@dataclass(eq=False, kw_only=True)
class PlainHttp(AtlassianError):
    code = "plain_http"
    stops_connection = True
    host: str


@dataclass(eq=False, kw_only=True)
class TimedOut(AtlassianError):
    code = "timed_out"
    retry = True
    host: str
    seconds: int
    connected: bool = True
    """False when not even a connection was made."""


@dataclass(eq=False, kw_only=True)
class Unavailable(AtlassianError):
    """`status` is 0 when the connection was cut; `until` is when it said that it will be back."""

    code = "unavailable"
    retry = True
    host: str
    status: int = 0
    until: datetime | None = None


@dataclass(eq=False, kw_only=True)
class StrangeServer(AtlassianError):
    """Each product has its own below this one, with its own code."""

    code = "strange_server"
    retry = True
    host: str


@dataclass(eq=False, kw_only=True)
class Redirected(AtlassianError):
    """`other_host` is a host, or host and path where the redirect stays on the same host."""

    code = "redirected"
    retry = True
    host: str
    other_host: str


@dataclass(eq=False, kw_only=True)
class BrokenAnswer(AtlassianError):
    code = "broken_answer"
    retry = True
    host: str
    reason: str


@dataclass(eq=False, kw_only=True)
class WrongCredentials(AtlassianError):
    """`kind` is what the secret is where it is no API token of Cloud."""

    code = "wrong_credentials"
    stops_connection = True
    host: str
    email: str = ""
    kind: str = ""


@dataclass(eq=False, kw_only=True)
class MissingScope(WrongCredentials):
    code = "missing_scope"
    what: str


@dataclass(eq=False, kw_only=True)
class BasicOff(WrongCredentials):
    code = "basic_off"


@dataclass(eq=False, kw_only=True)
class OtherAccount(WrongCredentials):
    code = "other_account"
    account: str


@dataclass(eq=False, kw_only=True)
class EmailNeeded(WrongCredentials):
    code = "email_needed"


@dataclass(eq=False, kw_only=True)
class Captcha(AtlassianError):
    """`login_url` is on the same host, or empty."""

    code = "captcha"
    stops_connection = True
    host: str
    login_url: str = ""


@dataclass(eq=False, kw_only=True)
class Forbidden(AtlassianError):
    code = "forbidden"
    stops_connection = True
    host: str
    email: str = ""


@dataclass(eq=False, kw_only=True)
class AnonymousAnswer(AtlassianError):
    code = "anonymous_answer"
    stops_connection = True
    host: str
    email: str = ""
    kind: str = ""


@dataclass(eq=False, kw_only=True)
class UnprovenAnswer(AnonymousAnswer):
    """One odd answer stops nothing: the next run begins with proving the identity again."""

    code = "unproven_answer"
    retry = True
    stops_connection = False


@dataclass(eq=False, kw_only=True)
class RateLimited(AtlassianError):
    code = "rate_limited"
    retry = True
    host: str
    until: datetime
    scope: Literal["connection", "endpoint"]


@dataclass(eq=False, kw_only=True)
class QueryRefused(AtlassianError):
    code = "query_refused"
    messages: list[str]


@dataclass(eq=False, kw_only=True)
class NotFound(AtlassianError):
    code = "not_found"
    host: str
    what: str


class SealError(AtlassianError):
    """The sealed text was made with another key, was changed, or belongs to another address."""

    code = "sealed_token"
    stops_connection = True
