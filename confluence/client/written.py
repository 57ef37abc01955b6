"""What is known of a page that we write, and of the spaces it may stand in.

Sources: Atlassian, Confluence Cloud REST API v2 (pages, spaces) and v1 (users); Atlassian,
Confluence Data Center REST API (content, space).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atlassian.client import ShapeError
from atlassian.client.shapes import moment, number, readable, required, rows, text

from .readings import ARCHIVED, TRASHED, path_of

STORAGE = "storage"
PERSONAL = "~"
"""The key of somebody's own space begins with it."""


@dataclass(frozen=True, slots=True)
class Space:
    """Cloud writes by the number, Data Center by the key."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """`parent` is the number of the page above; 0 for none."""

    space: Space
    title: str
    body: str
    parent: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """What takes the place of a page; `number` is that of the version it becomes."""

    title: str
    body: str
    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Written:
    """A page as it stands. `editor` is who saved it last, `editor_id` their account where only that
    is told; `gone` is whether it was put into the archive or the trash. Cloud tells the number of
    its space, Data Center the key."""

    id: int
    title: str
    version: int
    path: str = ""
    editor: str = ""
    editor_id: str = ""
    edited_at: datetime | None = None
    body: str = ""
    gone: bool = False
    space_id: int = 0
    space_key: str = ""


def cloud_written(body: Any) -> Written:
    version = _version(body)
    return Written(
        **_of_both(body),
        editor_id=text(version, "authorId"),
        edited_at=moment(version.get("createdAt")),
        space_id=number(body, "spaceId") if body.get("spaceId") else 0,
    )


def written(body: Any) -> Written:
    version = _version(body)
    editor = version.get("by")
    known = isinstance(editor, dict)
    home = body.get("space")
    return Written(
        **_of_both(body),
        editor=text(editor, "displayName") or text(editor, "username") if known else "",
        edited_at=moment(version.get("when")),
        space_key=text(home, "key") if isinstance(home, dict) else "",
    )


def space(row: Any) -> Space:
    return Space(number(row, "id"), required(row, "key"), text(row, "name"))


def each(body: Any, read: Callable[[Any], Written]) -> list[Written]:
    return readable(rows(body, "results"), read)


def titled(pages: Iterable[Written], title: str) -> Written | None:
    """Confluence takes a title once, however it is capitalized."""
    wanted = title.casefold()
    return next((page for page in pages if page.title.casefold() == wanted), None)


def spaces(body: Any) -> list[Space]:
    """Without those that are somebody's own."""
    found = readable(rows(body, "results"), space)
    return [each for each in found if not each.key.startswith(PERSONAL)]


def next_page(body: Any) -> str:
    """The address of the next page, as both kinds tell it; empty on the last one."""
    links = body.get("_links") if isinstance(body, dict) else None
    told = links.get("next") if isinstance(links, dict) else None
    return told if isinstance(told, str) else ""


def display_name(body: Any) -> str:
    return text(body, "displayName") or text(body, "publicName")


def storage(body: str) -> dict[str, str]:
    return {"value": body, "representation": STORAGE}


def _of_both(body: Any) -> dict[str, Any]:
    return {
        "id": number(body, "id"),
        "title": required(body, "title"),
        "version": number(_version(body), "number"),
        "path": path_of(body),
        "body": _stored(body.get("body")),
        "gone": text(body, "status") in (*TRASHED, ARCHIVED),
    }


def _version(body: Any) -> Mapping[str, Any]:
    version = body.get("version") if isinstance(body, dict) else None
    if not isinstance(version, dict):
        raise ShapeError("version")
    return version


def _stored(body: Any) -> str:
    """Where it was asked for; an answer to our writing may leave it out."""
    kept = body.get(STORAGE) if isinstance(body, dict) else None
    value = kept.get("value") if isinstance(kept, dict) else None
    return value if isinstance(value, str) else ""
