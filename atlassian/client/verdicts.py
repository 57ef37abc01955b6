"""Judges an answer by its status and headers: which error, if any, it stands for."""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from okr.outgoing import PORTS, clean

from .answers import Asked, Head, read_messages
from .dialect import Dialect
from .errors import (
    AnonymousAnswer,
    AtlassianError,
    BasicOff,
    BrokenAnswer,
    Captcha,
    Forbidden,
    MissingScope,
    NotFound,
    QueryRefused,
    RateLimited,
    Redirected,
    Unavailable,
    UnprovenAnswer,
    WrongCredentials,
)
from .pauses import USUAL, read_pause

FAILED_SIGN_INS = ("AUTHENTICATED_FAILED", "AUTHORISATION_FAILED", "OUT")
BASIC_OFF = "basic authentication has been disabled"
OTHER_ADDRESS = "another address"


def judge_head(head: Head, asked: Asked, now: datetime, dialect: Dialect) -> AtlassianError | None:
    """What can be told before the body is read."""
    if 300 <= head.status < 400:
        return _redirected(head, asked)
    if _wants_captcha(head):
        return Captcha(host=asked.host, login_url=_login_url(head, asked))
    if head.status == 429:
        return _rate_limited(head, asked, now, dialect)
    if head.status >= 500:
        until = read_pause(head.headers, now)
        return Unavailable(host=asked.host, status=head.status, until=until)
    if asked.signed and head.status not in (401, 403):
        return _judge_identity(head, asked, dialect)
    return None


def judge_refusal(head: Head, asked: Asked, body: Any, dialect: Dialect) -> AtlassianError:
    """What a 4xx says, with the messages of its body."""
    messages = read_messages(body)
    if own := dialect.refused(head, asked, messages):
        return own
    return _refused(head, asked, messages)


def _refused(head: Head, asked: Asked, messages: list[str]) -> AtlassianError:
    told = " / ".join(messages)
    if head.status == 401 and "scope does not match" in told.lower():
        return MissingScope(host=asked.host, email=asked.email, what=asked.what, detail=told)
    if head.status == 401:
        return WrongCredentials(host=asked.host, email=asked.email, kind=asked.kind, detail=told)
    if head.status == 403 and BASIC_OFF in told.lower():
        return BasicOff(host=asked.host, email=asked.email, kind=asked.kind, detail=told)
    if head.status == 403:
        return Forbidden(host=asked.host, email=asked.email)
    if head.status == 404:
        return NotFound(host=asked.host, what=asked.what, detail=told)
    if head.status == 400:
        return QueryRefused(messages=messages)
    return BrokenAnswer(host=asked.host, reason=f"unexpected status {head.status}", detail=told)


def judge_kind(head: Head, asked: Asked, dialect: Dialect) -> AtlassianError | None:
    """An answer that is not JSON is a page of something else."""
    if head.is_json:
        return None
    return dialect.stranger(host=asked.host, detail=f"sent {head.kind[:80]!r}")


def _redirected(head: Head, asked: Asked) -> AtlassianError:
    location = head.headers.get("Location", "")
    if not location:
        return BrokenAnswer(host=asked.host, reason=f"unexpected status {head.status}")
    return Redirected(host=asked.host, other_host=_other_host(location, asked))


def _other_host(location: str, asked: Asked) -> str:
    """A host, or on the same host the new address; never its query, which may carry secrets."""
    try:
        there = urlsplit(urljoin(asked.url, clean(location)))
        host, port = there.hostname or "", there.port
    except ValueError:
        return OTHER_ADDRESS
    if not host:
        return OTHER_ADDRESS
    if host == asked.host:
        return f"{there.scheme}://{there.netloc.rpartition('@')[2]}{there.path}"[:200]
    return f"{host}:{port}"[:200] if port else host[:200]


def _wants_captcha(head: Head) -> bool:
    denied = head.headers.get("X-Authentication-Denied-Reason", "")
    reason = head.headers.get("X-Seraph-LoginReason", "")
    return "CAPTCHA" in denied.upper() or "AUTHENTICATION_DENIED" in reason.upper()


def _login_url(head: Head, asked: Asked) -> str:
    denied = head.headers.get("X-Authentication-Denied-Reason", "")
    url = clean(denied.partition("login-url=")[2].split(";")[0].strip())
    try:
        there, here = urlsplit(url), urlsplit(asked.url)
        same = (there.scheme, there.netloc.lower()) == (here.scheme, here.netloc.lower())
    except ValueError:
        return ""
    return url if same and there.scheme in PORTS else ""


def _rate_limited(head: Head, asked: Asked, now: datetime, dialect: Dialect) -> RateLimited:
    reason = head.headers.get("RateLimit-Reason", "")
    return RateLimited(
        host=asked.host,
        until=read_pause(head.headers, now) or now + USUAL,
        scope="endpoint" if reason in dialect.endpoint_limits else "connection",
        detail=clean(reason),
    )


def _judge_identity(head: Head, asked: Asked, dialect: Dialect) -> AtlassianError | None:
    reason = head.headers.get("X-Seraph-LoginReason", "").upper()
    if any(word in reason.replace(" ", "").split(",") for word in FAILED_SIGN_INS):
        return AnonymousAnswer(host=asked.host, email=asked.email, kind=asked.kind, detail=reason)
    expected = asked.account if head.account or dialect.names_everywhere else ""
    if head.is_json and expected and head.account != expected:
        named = head.account or "nobody"
        return UnprovenAnswer(host=asked.host, email=asked.email, detail=f"answered for {named}")
    return None
