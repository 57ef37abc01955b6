"""From decoded bodies of the organizations REST API to our records; the client calls these.

Source of the shapes: Atlassian, organizations REST API, groups Orgs, Users and Directory.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from atlassian.client.shapes import moment, readable, required, rows, text

from .records import Group, Organization, Page, Product, Profile, Status

T = TypeVar("T")


def organizations(body: Any) -> Page[Organization]:
    return page(body, organization)


def one_organization(body: Any) -> Organization:
    return organization(body.get("data") if isinstance(body, dict) else None)


def organization(body: Any) -> Organization:
    """v1: {"id", "type": "orgs", "attributes": {"name"}}."""
    attributes = body.get("attributes") if isinstance(body, dict) else None
    return Organization(required(body, "id"), text(attributes or {}, "name"))


def profiles(body: Any) -> Page[Profile]:
    return page(body, profile)


def profile(body: Any) -> Profile:
    """v2, of a directory, with what `expand` asked for. A hidden address is not there at all."""
    return Profile(
        id=required(body, "accountId"),
        name=text(body, "name") or text(body, "nickname"),
        email=text(body, "email").strip().lower(),
        kind=text(body, "accountType") or "atlassian",
        status=_status(body),
        is_managed=_is_managed(text(body, "claimStatus")),
        roles=tuple(_words(body.get("platformRoles"))),
        groups=tuple(readable(_list(body.get("groups")), group)),
        products=tuple(readable(_list(body.get("productAccess")), _product)),
        added_at=moment(body.get("addedToOrg")),
    )


def group(body: Any) -> Group:
    return Group(required(body, "id"), required(body, "name"))


def directories(body: Any) -> Page[str]:
    return page(body, lambda row: required(row, "directoryId"))


def page(body: Any, read: Callable[[Any], T]) -> Page[T]:
    """{"data": […], "links": {"next": cursor or address}, "meta": {"total"}}."""
    told = rows(body, "data")
    found = readable(told, read)
    return Page(found, _next(body), _total(body), len(told) - len(found))


def _next(body: Any) -> str:
    """v2 tells the cursor itself, v1 an address that bears it."""
    links = body.get("links")
    told = text(links, "next") if isinstance(links, dict) else ""
    return parse_qs(urlsplit(told).query).get("cursor", [told])[0] if "://" in told else told


def _total(body: Any) -> int:
    meta = body.get("meta")
    told = meta.get("total") if isinstance(meta, dict) else 0
    return told if type(told) is int and told > 0 else 0


def _status(body: Any) -> Status:
    """Only the account itself tells that it is closed for ever."""
    if text(body, "accountStatus") == Status.CLOSED:
        return Status.CLOSED
    try:
        return Status(text(body, "status"))
    except ValueError:
        return Status.UNKNOWN


def _is_managed(told: str) -> bool | None:
    return {"managed": True, "unmanaged": False}.get(told.lower())


def _words(told: Any) -> list[str]:
    """atlassian/org-admin → org-admin; sorted, so that the same roles read the same."""
    found = {each.rpartition("/")[2] for each in _list(told) if isinstance(each, str)}
    return sorted(found - {""})


def _product(body: Any) -> Product:
    used = moment(body.get("lastActiveTimestamp"))
    return Product(required(body, "key"), text(body, "id"), used)


def _list(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []
