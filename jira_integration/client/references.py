"""Reads the one link field: keys, a URL of Jira, JQL, or words to search for."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from atlassian.client import SiteAddress
from okr.outgoing import PORTS

from .places import KEY, IssueKeys, Jql, Place, read_place


@dataclass(frozen=True, slots=True)
class Words:
    words: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A link to a host that is not the connected site."""

    host: str


Reference = Place | Words | Foreign

LINK = re.compile(r"(?i)https?://|(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?/")
NAME = r"""(?:\b[a-z][\w.]*(?:\[[^\]]*\])?|"[^"]+"|'[^']+')"""
JQL = re.compile(
    rf"""(?ix)
    ^\s*order\s+by\s+\w
    | {NAME}\s*(?:!=|!~|>=|<=|=|~|>|<)\s*\S
    | {NAME}\s+(?:not\s+)?in\s*\(
    | {NAME}\s+in\s+[a-z]+\w*\(
    | {NAME}\s+is\s+(?:not\s+)?(?:empty|null)\b
    | {NAME}\s+(?:was|changed)\b.*\b(?:in|not|to|from|by|before|after|during|on)\b
    """
)


def leads_to(text: str, site: SiteAddress) -> bool:
    """Whether it begins with an address below this site."""
    link = next(iter(text.split()), "").strip(",;")
    if not LINK.match(link):
        return False
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return _is_site(parts, host.removesuffix("."), port, site)


def read_reference(text: str, site: SiteAddress) -> Reference:
    text = text.strip()
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    if parts and all(KEY.fullmatch(part) for part in parts):
        return _keys(parts)
    if LINK.match(text):
        spaced = "jql=" in text.lower()  # an address bar may show a query unescaped
        return _read_links([text] if spaced else text.split(), site)
    return Jql(text) if JQL.search(text) else Words(text)


def _keys(keys: list[str]) -> IssueKeys:
    return IssueKeys(tuple(dict.fromkeys(key.upper() for key in keys)))


def _read_links(links: list[str], site: SiteAddress) -> Reference:
    """Several links give their issues together; the first that names none speaks for all."""
    keys: list[str] = []
    for link in links:
        found = _read_link(link.strip(",;"), site)
        if not isinstance(found, IssueKeys):
            return found
        keys += found.keys
    return _keys(keys)


def _read_link(link: str, site: SiteAddress) -> Reference:
    if KEY.fullmatch(link):
        return _keys([link])
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return Words(link)
    if not _is_site(parts, host.removesuffix("."), port, site):
        return Foreign(host)
    return read_place(parts._replace(path=parts.path.removeprefix(site.base_path)))


def _is_site(parts: SplitResult, host: str, port: int | None, site: SiteAddress) -> bool:
    """The same host and port; a link that says http still means the site that we reach by https."""
    usual = port or (site.port if site.port in PORTS.values() else PORTS.get(parts.scheme))
    below = f"{parts.path}/".startswith(f"{site.base_path}/")
    return host == site.host and usual == site.port and below
