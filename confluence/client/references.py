"""Reads what was pasted or typed to name a page; the address itself is never fetched."""

import base64
import re
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import SplitResult, parse_qs, unquote, unquote_plus, urlsplit

from atlassian.client import SiteAddress
from okr.outgoing import PORTS

from .address import CLOUD_CONTEXT

LINK = re.compile(r"(?i)https?://|(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?/")
NUMBER = re.compile(r"[1-9][0-9]{0,17}")
NUMBERED = ("pageId", "homepageId", "contentId")
"""The names that the number of a page has behind a question mark."""
TINY = re.compile(r"[A-Za-z0-9_-]{1,11}")
TINY_LENGTH = 11


@dataclass(frozen=True, slots=True)
class PageNumber:
    number: int


@dataclass(frozen=True, slots=True)
class Titled:
    """An address of before the numbers: it names the space and the title."""

    space: str
    title: str


@dataclass(frozen=True, slots=True)
class Words:
    words: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A link to a host that is not the connected Confluence."""

    host: str


@dataclass(frozen=True, slots=True)
class NoPage:
    """A place of the connected Confluence that is not one page."""


Reference = PageNumber | Titled | Words | Foreign | NoPage


def read_reference(text: str, site: SiteAddress) -> Reference:
    text = text.strip()
    link = next(iter(text.split()), "").strip(",;")
    if not LINK.match(link):
        return Words(text)
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return Words(text)
    if not _is_site(parts, host, port, site):
        return Foreign(host)
    return _page(parts)


def _is_site(parts: SplitResult, host: str, port: int | None, site: SiteAddress) -> bool:
    same_port = (port or PORTS.get(parts.scheme)) == site.port
    below = f"{parts.path}/".startswith(f"{site.base_path}/")
    return host == site.host and (same_port or port is None) and below


def _page(parts: SplitResult) -> Reference:
    query = parse_qs(parts.query)
    for asked in [each for name in NUMBERED for each in query.get(name, [])]:
        if NUMBER.fullmatch(asked):
            return PageNumber(int(asked))
    if "spaceKey" in query and "title" in query:
        return Titled(query["spaceKey"][0], query["title"][0])
    steps = [step for step in parts.path.removeprefix(CLOUD_CONTEXT).split("/") if step]
    pairs = list(pairwise(steps))
    for before, after in pairs:
        if before == "x" and TINY.fullmatch(after):
            return PageNumber(_tiny(after))
    return _numbered(steps) or _titled(steps) or NoPage()


def _numbered(steps: list[str]) -> PageNumber | None:
    """/spaces/KEY/pages/123/Title, or with edit-v2 or the like in between."""
    if "pages" not in steps:
        return None
    after = steps[steps.index("pages") + 1 :][:2]
    return next((PageNumber(int(step)) for step in after if NUMBER.fullmatch(step)), None)


def _titled(steps: list[str]) -> Titled | None:
    if "display" not in steps:
        return None
    after = steps[steps.index("display") + 1 :]
    return Titled(unquote(after[0]), unquote_plus(after[1])) if len(after) == 2 else None


def _tiny(code: str) -> int:
    """Atlassian, "How to programmatically generate the tiny link of a Confluence page": the bytes
    of the number, the lowest first, in base 64 with - for / and _ for +, without what is zero."""
    padded = code.replace("-", "/").replace("_", "+").ljust(TINY_LENGTH, "A") + "="
    return int.from_bytes(base64.b64decode(padded), "little")
