"""What version 1 of Cloud still is for: who the caller is, who somebody is, and search.

Atlassian, Confluence Cloud REST API v1, groups "Users" and "Search".
"""

from urllib.parse import urlencode

from jira_sandbox.confluence import bodies, searching
from jira_sandbox.confluence.links import cloud_address, tiny_address
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.page import Page

CURSOR = "search"


def current_user(visit: Visit) -> Response:
    """Where the wiki is open to strangers, credentials that have ended are nobody's."""
    account = visit.reader.account
    told = bodies.account(visit.base, account) if account else bodies.nobody(visit.base)
    return json_response(told)


def one_user(visit: Visit) -> Response:
    wanted = visit.request.argument("accountId")
    known = (each for each in visit.site.accounts.values() if each.id == wanted)
    account = next(known, None)
    if account is None:
        raise RefusedError(404, f"No user found with account id: {wanted}")
    return json_response(bodies.account(visit.base, account))


def search(visit: Visit) -> Response:
    """Where to go on is told by a cursor alone: a `start` is passed over."""
    question, found = searching.asked(visit)
    size, cql = searching.limit(visit), visit.request.argument("cql")
    start = _place(visit, cql)
    rows = [
        searching.row(question, page, _content(visit, page), cloud_address(page))
        for page in found[start : start + size]
    ]
    body = searching.answer(visit, found, start, size, rows)
    if size and start + size < len(found):
        token = visit.cursors.keep(cql, [start + size])
        more = {"next": "true", "cursor": token, "limit": size, "start": start + size, "cql": cql}
        body["_links"]["next"] = f"/rest/api/search?{urlencode(more)}"
    return json_response(body)


def _place(visit: Visit, cql: str) -> int:
    cursor = visit.request.argument("cursor")
    if not cursor:
        return 0
    places = visit.cursors.find(cursor, cql)
    if not places:
        raise RefusedError(400, "The cursor is not valid, or has expired.")
    return places[0]


def _content(visit: Visit, page: Page) -> Json:
    here = f"/rest/api/content/{page.id}"
    return {
        "id": str(page.id),
        "type": "page",
        "status": page.status,
        "title": page.title,
        "childTypes": {},
        "macroRenderedOutput": {},
        "restrictions": {},
        "_expandable": {"space": f"/rest/api/space/{page.space.key}", "version": "", "body": ""},
        "_links": {
            "webui": cloud_address(page),
            "self": f"{visit.base}{here}",
            "tinyui": tiny_address(page),
        },
    }
