"""What version 1 of Cloud still is for: who the caller is, who somebody is, and search.

Atlassian, Confluence Cloud REST API v1, groups "Users" and "Search".
"""

from urllib.parse import urlencode

from jira_sandbox.confluence import bodies, searching
from jira_sandbox.confluence.links import cloud_address, tiny_address
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.page import Page

NOT_PERMITTED = "Current user not permitted to use Confluence"
CURSOR = "search"


def current_user(visit: Visit) -> Response:
    """Whoever comes without credentials, or with some that have ended, is told as nobody."""
    account = visit.reader.account
    if account is None and _rejected_here(visit):
        raise RefusedError(401, "This email and token were not accepted.")
    if account is None:
        return json_response(bodies.nobody(visit.base))
    if not visit.reader.may_enter:
        raise RefusedError(403, NOT_PERMITTED)
    return json_response(bodies.account(visit.base, account))


def one_user(visit: Visit) -> Response:
    if not visit.reader.may_enter:
        raise RefusedError(403, NOT_PERMITTED)
    wanted = visit.request.argument("accountId")
    known = (each for each in visit.site.accounts.values() if each.id == wanted)
    account = next(known, None)
    if account is None:
        raise RefusedError(404, f"No user found with account id: {wanted}")
    return json_response(bodies.account(visit.base, account))


def search(visit: Visit) -> Response:
    """Anonymous callers find nothing, and are not told why."""
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


def _rejected_here(visit: Visit) -> bool:
    """Credentials that are plainly wrong; those that a fault lets end are answered as nobody."""
    return bool(visit.request.headers.get("authorization")) and not visit.request.expired


def _place(visit: Visit, cql: str) -> int:
    cursor = visit.request.argument("cursor")
    if not cursor:
        return visit.number("start", 0, 0, searching.LARGEST_START)
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
