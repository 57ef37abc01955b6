"""Reads what was copied from the browser: the administration of an organization, or a site."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from atlassian.client import AddressPolicy, Layout, SiteAddress
from atlassian.client.address import read_address
from okr.outgoing import BadAddress, read_place

ORGANIZATION = re.compile(r"[0-9A-Za-z-]{1,64}")
PAGES = frozenset(
    {"_edge", "browse", "dashboards", "issues", "jira", "login", "people", "plugins", "projects"}
    | {"rest", "secure", "servicedesk", "wiki"}
)
LAYOUT = Layout(PAGES, "jira")


def read_site(text: str, allowed_hosts: Collection[str] = ()) -> SiteAddress:
    """The site behind any of its addresses. Raises BadAddress."""
    return read_address(text, LAYOUT, allowed_hosts)


def organization_in(text: str) -> str:
    """The id in https://admin.atlassian.com/o/<id>/…; empty where the text is no such address.

    Whatever the host is: see `gateway_of`.
    """
    text = text.strip()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    segments = [each for each in parts.path.split("/") if each]
    if segments[:1] != ["o"] or len(segments) < 2:
        return ""
    return segments[1] if ORGANIZATION.fullmatch(segments[1]) else ""


def gateway_of(text: str, policy: AddressPolicy) -> str:
    """Where an organization is asked that is administered at this address.

    That is Atlassian's gateway, unless the operator listed the host of the address.
    """
    try:
        place = read_place(text, policy.allowed_hosts)
    except BadAddress:
        return policy.gateway
    return policy.gateway_for(SiteAddress(place.scheme, place.host, place.port)) or policy.gateway
