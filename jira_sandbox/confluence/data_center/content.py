"""`content` of Data Center: pages read, made and saved, with what `expand` asks for.

Atlassian, Confluence Server REST API, "content" and "content/search".
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from jira_sandbox.confluence import bodies, searching
from jira_sandbox.confluence.links import server_address, tiny_address
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.page import Page, Space, Version

USUAL, MOST = 25, 200
ANY = "any"


def one(visit: Visit) -> Response:
    """One in the trash is found where its status, or any, is asked for."""
    page = found(visit, visit.request.argument("status") or "current")
    return json_response(content(visit, page))


def many(visit: Visit) -> Response:
    """By title and space; nothing that is out of sight."""
    title, key = visit.request.argument("title"), visit.request.argument("spaceKey")
    rows = [
        page
        for page in sorted(visit.reader.pages(), key=lambda page: page.id)
        if (not title or page.title.casefold() == title.casefold())
        and (not key or page.space.key.casefold() == key.casefold())
    ]
    return json_response(listed(visit, "content", [content(visit, page) for page in rows]))


def search(visit: Visit) -> Response:
    _question, pages = searching.asked(visit)
    rows = [content(visit, page) for page in pages]
    body = listed(visit, "content/search", rows)
    return json_response(body | {"totalSize": len(rows), "searchDuration": 12})


def search_everything(visit: Visit) -> Response:
    """Pages alone, in the shape that Cloud has too, but for the moments and the addresses."""
    question, pages = searching.asked(visit)
    start, size = visit.number("start", 0, 0, searching.LARGEST_START), searching.limit(visit)
    rows = []
    for page in pages[start : start + size]:
        address = server_address(page)
        row = searching.row(question, page, content(visit, page), address)
        shown = {"title": page.space.name, "displayUrl": f"/display/{page.space.key}"}
        moment = bodies.server_moment(page.now.at)
        rows.append(row | {"resultGlobalContainer": shown, "lastModified": moment})
    return json_response(searching.answer(visit, pages, start, size, rows))


def found(visit: Visit, status: str = "current") -> Page:
    number = visit.named["id"]
    page = visit.page()
    if page is None or status not in (page.status, ANY):
        raise RefusedError(404, f"No content found with id: ContentId{{id={number}}}")
    return page


def content(visit: Visit, page: Page) -> Json:
    """What is not expanded is named as something that could be."""
    asked = visit.request.argument("expand").split(",")
    body: Json = {
        "id": str(page.id),
        "type": "page",
        "status": page.status,
        "title": page.title,
        "extensions": {"position": "none"},
        "_links": _links(visit, page),
        "_expandable": {},
    }
    for name, told in EXPANDED.items():
        if any(each == name or each.startswith(f"{name}.") for each in asked):
            body[name] = told(visit, page)
        else:
            body["_expandable"][name] = ""
    return body


def listed(visit: Visit, name: str, rows: list[Json]) -> Json:
    """By offset, under the server's own cap."""
    start = visit.number("start", 0, 0, searching.LARGEST_START)
    size = visit.number("limit", USUAL, 1, MOST)
    shown = rows[start : start + size]
    links = {"base": visit.base, "context": visit.context, "self": f"{visit.base}/rest/api/{name}"}
    if start + size < len(rows):
        asked = {key: values[-1] for key, values in visit.request.query.items()}
        query = urlencode(asked | {"limit": size, "start": start + size})
        links["next"] = f"/rest/api/{name}?{query}"
    return {"results": shown, "start": start, "limit": size, "size": len(shown), "_links": links}


def space_body(visit: Visit, space: Space) -> Json:
    return {
        "id": space.id,
        "key": space.key,
        "name": space.name,
        "status": "CURRENT",
        "type": "global",
        "_links": {
            "webui": f"/display/{space.key}",
            "self": f"{visit.base}/rest/api/space/{space.key}",
        },
        "_expandable": {"metadata": "", "icon": "", "description": "", "homepage": ""},
    }


def _version(visit: Visit, version: Version) -> Json:
    return {
        "by": bodies.person(visit.base, version.author),
        "when": bodies.server_moment(version.at),
        "message": version.message,
        "number": version.number,
        "minorEdit": False,
        "hidden": False,
    }


def _history(visit: Visit, page: Page) -> Json:
    return {
        "latest": True,
        "createdBy": bodies.person(visit.base, page.first.author),
        "createdDate": bodies.server_moment(page.first.at),
        "lastUpdated": _version(visit, page.now),
    }


def _above(visit: Visit, page: Page) -> list[Json]:
    """From the home of the space down."""
    above = reversed(list(visit.wiki.above(page)))
    return [
        {"id": str(each.id), "type": "page", "status": each.status, "title": each.title}
        for each in above
    ]


def _links(visit: Visit, page: Page) -> Json:
    return {
        "webui": server_address(page),
        "edit": f"/pages/resumedraft.action?draftId={page.id}",
        "tinyui": tiny_address(page),
        "collection": "/rest/api/content",
        "base": visit.base,
        "context": visit.context,
        "self": f"{visit.base}/rest/api/content/{page.id}",
    }


EXPANDED: dict[str, Callable[[Visit, Page], Any]] = {
    "space": lambda visit, page: space_body(visit, page.space),
    "version": lambda visit, page: _version(visit, page.now),
    "body": lambda _visit, page: {
        "storage": {"value": page.now.body, "representation": "storage", "_expandable": {}}
    },
    "ancestors": _above,
    "history": _history,
}
