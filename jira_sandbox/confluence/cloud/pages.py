"""`pages` of version 2: one with its body, many by number or title, and their versions.

Atlassian, Confluence Cloud REST API v2, group "Page": numbers are text, links begin at the base,
many pages are those that are current or archived. That a page in the trash has lost its parent, and
the words for one that is not there, are in the README's sources.
"""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from jira_sandbox.confluence.bodies import moment
from jira_sandbox.confluence.links import cloud_address, tiny_address
from jira_sandbox.confluence.refusals import BadParameterError
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.page import Page, Version

USUAL, MOST = 25, 250
USUAL_STATUSES = ("current", "archived")
STATUSES = (*USUAL_STATUSES, "trashed", "deleted")
FORMATS = ("storage",)
KNOWN_FORMATS = (*FORMATS, "atlas_doc_format", "view", "export_view", "styled_view", "editor")
SORTS: dict[str, Callable[[Page], str]] = {
    "id": lambda page: f"{page.id:012}",
    "title": lambda page: page.title.casefold(),
    "created-date": lambda page: page.first.at.isoformat(),
    "modified-date": lambda page: page.now.at.isoformat(),
}


def one(visit: Visit) -> Response:
    """One in the trash is told, with its status, unless other statuses are asked for."""
    page = found(visit)
    statuses = visit.listed("status")
    version = page.version(visit.number("version", page.now.number, 1, 10**9))
    if version is None or (statuses and page.status not in statuses):
        raise missing(visit.named["id"])
    return json_response(page_body(visit, page, version) | {"_links": links(visit, page)})


def many(visit: Visit) -> Response:
    """Those out of sight are left out without a word."""
    statuses = visit.listed("status") or USUAL_STATUSES
    for unknown in set(statuses) - set(STATUSES):
        raise BadParameterError(unknown, "status", "ContentStatus")
    if len(visit.listed("id")) > MOST:
        raise RefusedError(400, f"'id' may name {MOST} pages at most.")
    rows = [page for page in _candidates(visit, statuses) if _is_asked_for(visit, page)]
    sort = visit.request.argument("sort") or "id"
    if sort.lstrip("-") not in SORTS:
        raise BadParameterError(sort, "sort", "PageSortOrder")
    rows.sort(key=SORTS[sort.lstrip("-")], reverse=sort.startswith("-"))
    bodies = [page_body(visit, page, page.now) | _own_links(page) for page in rows]
    return paged(visit, "pages", bodies)


def versions(visit: Visit) -> Response:
    """The newest first."""
    rows = [version_body(each) for each in reversed(found(visit).versions)]
    return paged(visit, f"pages/{visit.named['id']}/versions", rows)


def operations(visit: Visit) -> Response:
    names = ["read", *(["update"] if visit.reader.may_change(found(visit)) else [])]
    return json_response({"operations": [{"operation": n, "targetType": "page"} for n in names]})


def found(visit: Visit) -> Page:
    number = visit.named["id"]
    if not number.isdecimal():
        raise BadParameterError(number, "id", "long")
    page = visit.page()
    if page is None:
        raise missing(number)
    return page


def missing(number: str) -> RefusedError:
    return RefusedError(404, f"Cannot find a page with id [{number}]")


def page_body(visit: Visit, page: Page, version: Version) -> Json:
    shape = visit.request.argument("body-format")
    if shape and shape not in KNOWN_FORMATS:
        raise BadParameterError(shape, "body-format", "PrimaryBodyRepresentationSingle")
    if shape and shape not in FORMATS:
        raise RefusedError(400, f"This sandbox keeps bodies in storage format; {shape} is none.")
    kept = {"storage": {"representation": "storage", "value": version.body}} if shape else {}
    author = page.first.author.id
    parent = str(page.parent) if page.parent and not page.trashed else None
    return {
        "id": str(page.id),
        "status": page.status,
        "title": version.title,
        "spaceId": str(page.space.id),
        "parentId": parent,
        "parentType": "page" if parent else None,
        "position": None if page.trashed else 57,
        "authorId": author,
        "ownerId": author,
        "lastOwnerId": None,
        "createdAt": moment(page.first.at),
        "version": version_body(version),
        "body": kept,
    }


def version_body(version: Version) -> Json:
    return {
        "createdAt": moment(version.at),
        "message": version.message,
        "number": version.number,
        "minorEdit": False,
        "authorId": version.author.id,
    }


def paged(visit: Visit, name: str, rows: Sequence[Json]) -> Response:
    """By a cursor that says nothing to the caller; where to go on also stands in `Link`."""
    size = visit.number("limit", USUAL, 1, MOST)
    start = _place(visit, name, len(rows))
    body: Json = {"results": list(rows[start : start + size]), "_links": {"base": visit.base}}
    if start + size >= len(rows):
        return json_response(body)
    cursor = visit.cursors.keep(name, [start + size])
    asked = {key: values for key, values in visit.request.query.items() if key != "cursor"}
    query = urlencode(asked | {"cursor": [cursor]}, doseq=True)
    body["_links"]["next"] = f"/wiki/api/v2/{name}?{query}"
    response = json_response(body)
    response.headers["Link"] = f'<{body["_links"]["next"]}>; rel="next", <{visit.base}>; rel="base"'
    return response


def _place(visit: Visit, name: str, count: int) -> int:
    cursor = visit.request.argument("cursor")
    places = visit.cursors.find(cursor, name) if cursor else (0,)
    if not places or places[0] > count:
        raise RefusedError(400, "The cursor is not valid, or has expired.")
    return places[0]


def _candidates(visit: Visit, statuses: Sequence[str]) -> list[Page]:
    every = (visit.reader.page(str(number)) for number in visit.wiki.pages)
    return [page for page in every if page and page.status in statuses]


def _is_asked_for(visit: Visit, page: Page) -> bool:
    """A title is the whole title, in whatever case; an empty one is nobody's."""
    numbers, spaces = visit.listed("id"), visit.listed("space-id")
    title = visit.request.query.get("title", [page.title])[-1]
    return (
        (not numbers or str(page.id) in numbers)
        and (not spaces or str(page.space.id) in spaces)
        and page.title.casefold() == title.casefold()
    )


def _own_links(page: Page) -> Json:
    edit = f"/spaces/{page.space.key}/pages/edit-v2/{page.id}"
    draft = f"/pages/resumedraft.action?draftId={page.id}"
    places = {"webui": cloud_address(page), "tinyui": tiny_address(page)}
    return {"_links": places | {"editui": draft, "edituiv2": edit}}


def links(visit: Visit, page: Page) -> Json:
    own: Json = _own_links(page)["_links"]
    return own | {"base": visit.base}
