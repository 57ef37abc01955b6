"""Reads what a person pasted as the address of a product, and reduces it to the site."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from okr import outgoing
from okr.outgoing import PORTS, Place, origin_of

from .errors import BadAddress

CLOUD_DOMAINS = (".atlassian.net", ".jira.com")

SEGMENT = re.compile(r"[A-Za-z0-9._~-]{1,100}")


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """A site. `host` is ASCII in lower case, an IPv6 address without brackets."""

    scheme: str
    host: str
    port: int
    base_path: str = ""
    """The context path: empty, or with a leading and without a trailing slash."""

    @property
    def origin(self) -> str:
        return origin_of(self.scheme, self.host, self.port)

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


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a product's own pages and interfaces begin; what stands before is the context path."""

    pages: frozenset[str]
    usual_context: str
    below_context: frozenset[str] = frozenset()
    """Pages below a first segment that elsewhere is the usual context path."""

    def begins(self, segments: list[str]) -> int:
        names = [segment.lower() for segment in segments]
        for place, name in enumerate(names):
            below = names[place + 1] if place + 1 < len(names) else ""
            if name in self.pages or (name == self.usual_context and below in self.below_context):
                return place
        return len(names)


def read_address(text: str, layout: Layout, allowed_hosts: Collection[str] = ()) -> SiteAddress:
    """The site behind any URL of it. http becomes https, except for a listed `host:port`."""
    place = _read_place(text, allowed_hosts)
    base_path = "" if place.host.endswith(CLOUD_DOMAINS) else _context_path(place.path, layout)
    return SiteAddress(place.scheme, place.host, place.port, base_path)


def elsewhere_on_host(text: str, site: SiteAddress, layout: Layout) -> list[SiteAddress]:
    """Where else on its host the product may begin, likeliest first; three places at most.

    `text` is what `site` was read from. Cloud has no context paths.
    """
    if site.is_cloud:
        return []
    segments = [segment for segment in _read_place(text).path.split("/") if segment]
    names = [segment.lower() for segment in segments]
    page = next((at for at, name in enumerate(names) if name in layout.pages), len(names))
    kept = [segments[:page], segments[:1], [], [layout.usual_context]]
    likely = ["".join(f"/{part}" for part in each) for each in kept if _may_begin(each)]
    others = [path for path in dict.fromkeys(likely) if path != site.base_path]
    return [replace(site, base_path=path) for path in others[:3]]


def _read_place(text: str, allowed_hosts: Collection[str] = ()) -> Place:
    try:
        return outgoing.read_place(text, allowed_hosts)
    except outgoing.BadAddress as error:
        raise BadAddress(reason=error.reason) from None


def _context_path(path: str, layout: Layout) -> str:
    segments = [segment for segment in path.split("/") if segment]
    kept = segments[: layout.begins(segments)]
    if not _may_begin(kept):
        raise BadAddress(reason="unreadable")
    return "".join(f"/{part}" for part in kept)


def _may_begin(segments: list[str]) -> bool:
    fit = all(SEGMENT.fullmatch(part) and part.strip(".") for part in segments)
    return fit and len(segments) <= 3
