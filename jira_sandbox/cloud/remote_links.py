"""`issue/{key}/remotelink`: links to what is outside Jira, known by their global id."""

from math import ceil
from typing import Any

from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.issue import Difference, Issue
from jira_sandbox.model.outside import RemoteLink

LONGEST_GLOBAL_ID = 255
KEPT = ("application", "relationship", "object")
CHANGED = "RemoteIssueLink"


def every(exchange: Exchange) -> Response:
    issue = exchange.issue()
    if asked := exchange.request.argument("globalId"):
        return json_response(_body(exchange, issue, _find(exchange, issue, asked)))
    found = exchange.site.outside.links[issue.id].values()
    return json_response([_body(exchange, issue, each) for each in found])


def keep(exchange: Exchange) -> Response:
    """Made, or replaced where the global id is known: what the body leaves out is then empty.

    Data Center answers 200 to both.
    """
    issue = _writable(exchange)
    body = exchange.request.json()
    global_id = body.get("globalId") or ""
    if not isinstance(global_id, str) or len(global_id) > LONGEST_GLOBAL_ID:
        raise RefusedError(400, globalId="The global id has at most 255 characters.")
    _check_object(body.get("object"))
    if refused := _too_often(exchange, issue):
        return refused
    outside = exchange.site.outside
    known = global_id in outside.links[issue.id]
    kept = {name: body[name] for name in KEPT if body.get(name)}
    link = outside.link(issue.id, global_id, kept)
    _note(exchange, issue, Difference(CHANGED, None, None, str(link.number), link.title))
    status = 200 if known or exchange.viewer.on_premise else 201
    return json_response({"id": link.number, "self": _address(exchange, issue, link)}, status)


def remove(exchange: Exchange) -> Response:
    issue = _writable(exchange)
    asked = exchange.request.argument("globalId")
    if not asked:
        raise RefusedError(400, globalId="Name the link by its global id.")
    link = _find(exchange, issue, asked)
    if refused := _too_often(exchange, issue):
        return refused
    del exchange.site.outside.links[issue.id][asked]
    _note(exchange, issue, Difference(CHANGED, str(link.number), link.title, None, None))
    return Response(204)


def _writable(exchange: Exchange) -> Issue:
    issue = exchange.issue()
    if not exchange.viewer.holds("LINK_ISSUES", issue.project):
        raise RefusedError(403, "You do not have the permission to link issues in this project.")
    return issue


def _too_often(exchange: Exchange, issue: Issue) -> Response | None:
    """Cloud's limit of writes to a single issue."""
    if exchange.viewer.on_premise:
        return None
    pause = exchange.site.outside.wait(issue.id, exchange.site.clock())
    if not pause:
        return None
    response = json_response({"message": "Too many writes to this issue"}, 429)
    response.headers |= {
        "Retry-After": str(ceil(pause.total_seconds())),
        "RateLimit-Reason": "jira-per-issue-on-write",
    }
    return response


def _note(exchange: Exchange, issue: Issue, difference: Difference) -> None:
    exchange.site.note(issue, difference, exchange.viewer.account)


def _find(exchange: Exchange, issue: Issue, global_id: str) -> RemoteLink:
    found = exchange.site.outside.links[issue.id].get(global_id)
    if found is None:
        raise RefusedError(404, "The issue has no remote link with this global id.")
    return found


def _check_object(given: Any) -> None:
    if not isinstance(given, dict):
        raise RefusedError(400, object="'object' is required.")
    for name in ("title", "url"):
        if not isinstance(given.get(name), str) or not given[name].strip():
            raise RefusedError(400, **{name: f"'{name}' is required."})


def _body(exchange: Exchange, issue: Issue, link: RemoteLink) -> Json:
    named = {"globalId": link.global_id} if link.global_id else {}
    return {"id": link.number, "self": _address(exchange, issue, link), **named, **link.body}


def _address(exchange: Exchange, issue: Issue, link: RemoteLink) -> str:
    return f"{exchange.api}/issue/{issue.key}/remotelink/{link.number}"
