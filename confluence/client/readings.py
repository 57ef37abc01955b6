"""From decoded bodies to records; a wrong shape is said by its place.

Sources: Atlassian, Confluence Cloud REST API v2 (pages, spaces) and v1 (users, search); Atlassian,
Confluence Data Center REST API (content, user, search) and the manifest of Application Links.
"""

import re
from typing import Any
from urllib.parse import unquote

from atlassian.client import ShapeError
from atlassian.client.shapes import moment, number, readable, required, rows, table, text

from .records import Account, Page, Server

CONFLUENCE = "confluence"
TRASHED, ARCHIVED = ("trashed", "deleted"), "archived"
PATH_LENGTH = 500
SPACE = re.compile(r"/(?:spaces|display)/([^/?]+)")


def account(body: Any) -> Account:
    """An answer to nobody has the type anonymous, and no account id."""
    return Account(
        id=required(body, "accountId"),
        name=text(body, "displayName") or text(body, "publicName"),
        email=text(body, "email"),
    )


def named_account(body: Any) -> Account:
    """On Data Center; the key outlives a change of the name."""
    login = required(body, "username")
    return Account(text(body, "userKey") or login, text(body, "displayName"), login=login)


def is_anonymous(body: Any) -> bool:
    return text(body, "type") == "anonymous"


def manifest(body: Any) -> Server:
    """What every product of Data Center tells of itself without being asked who asks."""
    if required(body, "typeId") != CONFLUENCE:
        raise ShapeError("typeId")
    return Server(is_cloud=False, version=text(body, "version"))


def cloud_page(body: Any) -> Page:
    version = _known(body).get("version")
    path, status = path_of(body), text(body, "status")
    return Page(
        id=number(body, "id"),
        title=required(body, "title"),
        path=path,
        space_key=space_key(path),
        version=number(version, "number") if isinstance(version, dict) else 0,
        edited_at=moment(version.get("createdAt")) if isinstance(version, dict) else None,
        space_id=number(body, "spaceId") if body.get("spaceId") else 0,
        in_trash=status in TRASHED,
        archived=status == ARCHIVED,
    )


def cloud_pages(body: Any) -> list[Page]:
    return readable(rows(body, "results"), cloud_page)


def spaces(body: Any) -> dict[int, tuple[str, str]]:
    """Key and name of each, by its number."""
    found = readable(rows(body, "results"), _space)
    return {each: (key, name) for each, key, name in found}


def content(body: Any) -> Page:
    """A page of Data Center, with its space and version expanded."""
    version, space = _known(body).get("version"), body.get("space")
    path = path_of(body)
    known = isinstance(space, dict)
    return Page(
        id=number(body, "id"),
        title=required(body, "title"),
        path=path,
        space_key=text(space, "key") if known else space_key(path),
        space_name=text(space, "name") if known else "",
        version=number(version, "number") if isinstance(version, dict) else 0,
        edited_at=moment(version.get("when")) if isinstance(version, dict) else None,
        in_trash=text(body, "status") in TRASHED,
    )


def found(body: Any) -> list[Page]:
    """What a search found, best first: the content, and the space that holds it."""
    return readable(rows(body, "results"), _hit)


def _hit(row: Any) -> Page:
    inside, holder = table(row, "content"), row.get("resultGlobalContainer")
    path = path_of(inside) or text(row, "url")
    return Page(
        id=number(inside, "id"),
        title=required(inside, "title"),
        path=path,
        space_key=space_key(path),
        space_name=text(holder, "title") if isinstance(holder, dict) else "",
        edited_at=moment(row.get("lastModified")),
    )


def space_key(path: str) -> str:
    match = SPACE.search(path)
    return unquote(match[1])[:255] if match else ""


def _space(row: Any) -> tuple[int, str, str]:
    return number(row, "id"), text(row, "key"), text(row, "name")


def _known(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise ShapeError("a page")
    return body


def path_of(body: Any) -> str:
    """Where the page is, as long as that is a place of the site and no other one."""
    links = body.get("_links") if isinstance(body, dict) else None
    told = links.get("webui") if isinstance(links, dict) else None
    if not isinstance(told, str) or len(told) > PATH_LENGTH or not told.isprintable():
        return ""
    return told if told.startswith("/") and not told.startswith("//") and "\\" not in told else ""
