"""Turns what requests and urllib3 raise into our errors."""

import ssl
from collections.abc import Iterator
from http.client import BadStatusLine, RemoteDisconnected

from requests.exceptions import ConnectTimeout, ProxyError
from requests.exceptions import Timeout as RequestsTimeout
from urllib3.exceptions import DecodeError, IncompleteRead, ReadTimeoutError
from urllib3.util.ssl_match_hostname import CertificateError

from .errors import (
    BrokenAnswer,
    CallError,
    NotHttp,
    TimedOut,
    TlsFailure,
    TlsReason,
    Unavailable,
)

# OpenSSL's X509_V_ERR_… numbers
EXPIRED = {9, 10}
WRONG_NAME = {62, 64}

Causes = list[BaseException]


def translate(error: Exception, host: str, seconds: int, answered: bool) -> CallError:
    """`answered`: the headers had arrived, so that TLS and the server are beyond doubt."""
    causes = list(_causes_of(error))
    detail = f"{type(causes[-1]).__name__}: {causes[-1]}"
    if _any(causes, TimeoutError, RequestsTimeout, ReadTimeoutError):
        connected = not _any(causes, ConnectTimeout)
        return TimedOut(host=host, seconds=seconds, connected=connected, detail=detail)
    if _any(causes, IncompleteRead):
        return BrokenAnswer(host=host, reason="truncated", detail=detail)
    if _any(causes, DecodeError):
        return BrokenAnswer(host=host, reason="damaged compression", detail=detail)
    if not answered and _any(causes, ssl.SSLError, CertificateError):
        return TlsFailure(host=host, reason=_tls_reason(causes), detail=detail)
    if _speaks_another_language(causes) and not _any(causes, ProxyError):
        return NotHttp(host=host, detail=detail)
    return Unavailable(host=host, detail=detail)


def _causes_of(error: BaseException) -> Iterator[BaseException]:
    """The error and what it wraps, outermost first: both libraries wrap in several ways."""
    waiting, seen = [error], set()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
        waiting.extend(part for part in inner if isinstance(part, BaseException))


def _any(causes: Causes, *kinds: type[BaseException]) -> bool:
    return any(isinstance(cause, kinds) for cause in causes)


def _tls_reason(causes: Causes) -> TlsReason:
    codes = {c.verify_code for c in causes if isinstance(c, ssl.SSLCertVerificationError)}
    if codes & EXPIRED:
        return TlsReason.EXPIRED
    if codes & WRONG_NAME or _any(causes, CertificateError):
        return TlsReason.WRONG_NAME
    return TlsReason.UNKNOWN_ISSUER if codes else TlsReason.NO_HANDSHAKE


def _speaks_another_language(causes: Causes) -> bool:
    return _any(causes, BadStatusLine) and not _any(causes, RemoteDisconnected)
