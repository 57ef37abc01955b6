"""Reads what a person pasted as the address of Jira, and reduces it to the site."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

import requests

from .errors import BadAddress
from .ranges import read_literal

PORTS = {"http": 80, "https": 443}
CLOUD_DOMAINS = (".atlassian.net", ".jira.com")

# Where Jira's own pages and interfaces begin; what stands before is the context path.
PAGES = {
    *("_edge", "browse", "dashboard.jspa", "dashboards", "issues", "login", "login.jsp"),
    *("people", "plugins", "projects", "rest", "s", "secure", "servicedesk", "si", "sr", "wiki"),
}
# Cloud's newer pages, under a first segment that elsewhere is the usual context path.
JIRA_PAGES = {
    *("core", "dashboards", "filters", "for-you", "people", "plans", "polaris", "portfolio"),
    *("projects-directory", "servicedesk", "software", "your-work"),
}
USUAL_CONTEXT = "jira"
LONGEST = 2_000
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
SEGMENT = re.compile(r"[A-Za-z0-9._~-]{1,100}")
LOOKS_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """A Jira site. `host` is ASCII in lower case, an IPv6 address without brackets."""

    scheme: str
    host: str
    port: int
    base_path: str = ""
    """The context path: empty, or with a leading and without a trailing slash."""

    @property
    def origin(self) -> str:
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{bracketed(self.host)}{port}"

    @property
    def url(self) -> str:
        return self.origin + self.base_path

    @property
    def is_cloud(self) -> bool:
        return self.host.endswith(CLOUD_DOMAINS)

    @classmethod
    def from_url(cls, url: str) -> "SiteAddress":
        """The address whose `url` this is, taken back from where it was stored."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise BadAddress(reason="unreadable")
        return cls(parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme], parts.path)


def read_address(text: str, allowed_hosts: Collection[str] = ()) -> SiteAddress:
    """The site behind any URL of Jira. http becomes https, except for a listed `host:port`."""
    parts = _split(unicodedata.normalize("NFKC", text).replace("。", ".").strip())
    host = _read_host(parts)
    scheme, port = _secured(parts.scheme, host, _read_port(parts), allowed_hosts)
    base_path = "" if host.endswith(CLOUD_DOMAINS) else _context_path(parts.path)
    return SiteAddress(scheme, host, port, base_path)


def elsewhere_on_host(text: str, site: SiteAddress) -> list[SiteAddress]:
    """Where else on its host this Jira may begin, likeliest first; three places at most.

    `text` is what `site` was read from. Cloud has no context paths.
    """
    if site.is_cloud:
        return []
    path = _split(unicodedata.normalize("NFKC", text).strip()).path
    segments = [segment for segment in path.split("/") if segment]
    names = [segment.lower() for segment in segments]
    page = next((place for place, name in enumerate(names) if name in PAGES), len(names))
    kept = [segments[:page], segments[:1], [], [USUAL_CONTEXT]]
    likely = ["".join(f"/{part}" for part in each) for each in kept if _may_begin(each)]
    others = [path for path in dict.fromkeys(likely) if path != site.base_path]
    return [replace(site, base_path=path) for path in others[:3]]


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


def _context_path(path: str) -> str:
    segments = [segment for segment in path.split("/") if segment]
    kept = segments[: _page_begins(segments)]
    if not _may_begin(kept):
        _refuse()
    return "".join(f"/{part}" for part in kept)


def _may_begin(segments: list[str]) -> bool:
    fit = all(SEGMENT.fullmatch(part) and part.strip(".") for part in segments)
    return fit and len(segments) <= 3


def _page_begins(segments: list[str]) -> int:
    names = [segment.lower() for segment in segments]
    for place, name in enumerate(names):
        below = names[place + 1] if place + 1 < len(names) else ""
        if name in PAGES or (name == "jira" and below in JIRA_PAGES):
            return place
    return len(names)
