"""From decoded bodies of the organizations REST API to our records; the client calls these.

Source of the shapes: Atlassian, organizations REST API, groups Orgs, Users, Groups and Directory.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from atlassian.client.shapes import moment, readable, required, rows, table, text

from .records import Group, Organization, Page, Product, Profile, Status, Usage

T = TypeVar("T")

SUSPENDED = "suspended"
NAME_LENGTH = 255


def organizations(body: Any) -> Page[Organization]:
    return page(body, organization)


def organization(body: Any) -> Organization:
    """v1: {"id", "type": "orgs", "attributes": {"name"}}."""
    attributes = body.get("attributes") if isinstance(body, dict) else None
    return Organization(required(body, "id"), text(attributes or {}, "name"))


def profiles(body: Any) -> Page[Profile]:
    return page(body, profile)


def profile(body: Any) -> Profile:
    """v2, of a directory. `status` is of the membership; `accountStatus` of the account itself."""
    return Profile(
        id=required(body, "accountId"),
        name=text(body, "name") or text(body, "nickname"),
        email=text(body, "email").strip().lower(),
        kind=text(body, "accountType") or "atlassian",
        status=_status(body),
        is_managed=_is_managed(text(body, "claimStatus")),
        roles=tuple(_words(body.get("platformRoles"))),
        added_at=moment(body.get("addedToOrg")),
    )


def groups(body: Any) -> Page[Group]:
    return page(body, lambda row: Group(required(row, "id"), required(row, "name")))


def members(body: Any) -> Page[str]:
    return page(body, lambda row: required(row, "accountId"))


def managed_usages(body: Any) -> Page[Usage]:
    """v1, of managed accounts: what they may use stands beside each."""
    return page(
        body, lambda row: _usage(required(row, "account_id"), row, text(row, "last_active"))
    )


def _managed_usage(body: Any) -> Usage:
    return _usage(required(body, "account_id"), body, text(body, "last_active"))


def usage(account_id: str, body: Any) -> Usage:
    """v1, the last active dates of one account."""
    return _usage(account_id, table(body, "data"), "")


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
    """An account that is suspended in the directory is so for us, whatever it is elsewhere."""
    if any(text(body, name).lower() == SUSPENDED for name in ("status", "membershipStatus")):
        return Status.SUSPENDED
    return status(text(body, "accountStatus"))


def status(told: str) -> Status:
    try:
        return Status(told.lower())
    except ValueError:
        return Status.UNKNOWN


def _is_managed(told: str) -> bool | None:
    return {"managed": True, "unmanaged": False}.get(told.lower())


def _words(told: Any) -> list[str]:
    """atlassian/org-admin → org-admin; sorted, so that the same roles read the same."""
    texts = told if isinstance(told, list) else []
    found = {each.rpartition("/")[2][:NAME_LENGTH] for each in texts if isinstance(each, str)}
    return sorted(found - {""})


def _usage(account_id: str, body: Any, last_active: str) -> Usage:
    told = body.get("product_access") if isinstance(body, dict) else None
    products = readable(told if isinstance(told, list) else [], _product)
    moments = [each.last_active for each in products if each.last_active]
    own = read_moment(last_active)
    return Usage(
        account_id, tuple(products), max([*moments, *([own] if own else [])], default=None)
    )


def _product(body: Any) -> Product:
    key = required(body, "key")
    name = text(body, "name") or key
    return Product(key, name, text(body, "url"), read_moment(body.get("last_active")))


def read_moment(told: Any) -> datetime | None:
    """A moment, or a day, which is taken for its beginning in UTC."""
    if isinstance(told, str) and len(told) == len("2026-01-31"):
        told = f"{told}T00:00:00Z"
    return moment(told)
