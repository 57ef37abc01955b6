"""Reads what a person pasted as the address of a server: one spelling comes out, or a refusal."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

import requests

from .errors import BadAddress
from .ranges import read_literal

PORTS = {"http": 80, "https": 443}
LONGEST = 2_000
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
LOOKS_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class Place:
    """`host` is ASCII in lower case, an IPv6 address without brackets; `path` as it was written."""

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def origin(self) -> str:
        return origin_of(self.scheme, self.host, self.port)

    @property
    def url(self) -> str:
        return f"{self.origin}{self.path}{'?' if self.query else ''}{self.query}"


def read_place(text: str, allowed_hosts: Collection[str] = ()) -> Place:
    """http becomes https, except for a listed `host:port`. Raises BadAddress."""
    parts = _split(unicodedata.normalize("NFKC", text).replace("。", ".").strip())
    host = _read_host(parts)
    scheme, port = _secured(parts.scheme, host, _read_port(parts), allowed_hosts)
    return Place(scheme, host, port, parts.path, parts.query)


def origin_of(scheme: str, host: str, port: int) -> str:
    named = "" if port == PORTS[scheme] else f":{port}"
    return f"{scheme}://{bracketed(host)}{named}"


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _refuse() -> NoReturn:
    raise BadAddress(reason="unreadable")


def _split(text: str) -> SplitResult:
    if not text:
        raise BadAddress(reason="empty")
    if len(text) > LONGEST or "\\" in text or any(ord(c) < 33 or c.isspace() for c in text):
        _refuse()
    scheme, rest = _read_scheme(text)
    try:
        parts = urlsplit(f"{scheme}://{rest}")
    except ValueError:
        _refuse()
    if "@" in parts.netloc:
        raise BadAddress(reason="password")
    return parts


def _read_scheme(text: str) -> tuple[str, str]:
    if match := re.match(r"(?i)(https?):/{1,2}", text):
        return match[1].lower(), text[match.end() :]
    if re.match(r"(?i)[a-z][a-z0-9+.-]*:/", text):
        _refuse()
    return "https", text.lstrip("/")


def _read_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removesuffix(".")
    if literal := read_literal(host):
        return str(literal) if "%" not in host else _refuse()
    host = host if host.isascii() else _to_ascii(host)
    labels = host.split(".")
    if len(host) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        _refuse()
    return host if not LOOKS_NUMERIC.fullmatch(labels[-1]) else _refuse()


def _to_ascii(host: str) -> str:
    """As requests will ask for it: IDNA 2008 with the browsers' mapping."""
    try:
        url = requests.Request("GET", f"https://{host}/").prepare().url
    except requests.RequestException:
        _refuse()
    return urlsplit(url or "").hostname or ""


def _read_port(parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError:
        _refuse()
    return port if port != 0 else _refuse()


def _secured(
    scheme: str, host: str, port: int | None, allowed_hosts: Collection[str]
) -> tuple[str, int]:
    if scheme == "https" or f"{bracketed(host)}:{port or PORTS['http']}" in allowed_hosts:
        return scheme, port or PORTS[scheme]
    return "https", PORTS["https"] if port in (None, PORTS["http"]) else port or 0
