"""`search`: pages by offset, under the server's own cap."""

from dataclasses import replace
from typing import Any

from jira_sandbox.cloud.changelogs import inside
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.cloud.fields import NAVIGABLE, chosen, issue_body
from jira_sandbox.cloud.searches import refuse_unknown, texts
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.parser import parse
from jira_sandbox.jql.search import Search, build
from jira_sandbox.jql.tree import Words
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.issue import Issue

USUAL_PAGE = 50
LARGEST_START = 100_000_000
BODY_NAMES = frozenset({"jql", "startAt", "maxResults", "validateQuery", "fields", "expand"})


def by_query_string(exchange: Exchange) -> Response:
    request = exchange.request
    start = exchange.number("startAt", 0, 0, LARGEST_START)
    size = exchange.number("maxResults", USUAL_PAGE, 0, LARGEST_START)
    fields = ",".join(request.query.get("fields", [])).split(",")
    lenient = request.argument("validateQuery", "true") == "false"
    asked = [name for name in fields if name]
    expand = request.argument("expand").split(",")
    jql = request.argument("jql")
    return _page(exchange, jql, start, size, asked, expand, lenient=lenient)


def by_body(exchange: Exchange) -> Response:
    body = exchange.request.json()
    refuse_unknown(body, BODY_NAMES)
    start, size = _number(body.get("startAt", 0)), _number(body.get("maxResults", USUAL_PAGE))
    validate = body.get("validateQuery", True)
    if not isinstance(validate, bool):
        raise RefusedError(400, "'validateQuery' has to be true or false.")
    jql = str(body.get("jql") or "")
    fields, expand = texts(body, "fields"), texts(body, "expand")
    return _page(exchange, jql, start, size, fields, expand, lenient=not validate)


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise RefusedError(400, "'startAt' and 'maxResults' have to be numbers from 0.")
    return value


def _page(
    exchange: Exchange,
    jql: str,
    start: int,
    size: int,
    fields: list[str],
    expand: list[str],
    *,
    lenient: bool,
) -> Response:
    found = _search(exchange, jql, lenient=lenient).issues()
    size = min(size, exchange.page_size)
    names = chosen(fields or [NAVIGABLE])
    issues = found[start : start + size]
    return json_response(
        {
            "expand": "schema,names",
            "startAt": start,
            "maxResults": size,
            "total": len(found),
            "issues": [_row(exchange, each, names, expand) for each in issues],
        }
    )


def _row(exchange: Exchange, issue: Issue, names: list[str], expand: list[str]) -> Json:
    body = issue_body(issue, exchange.viewer, exchange.api, names)
    if "changelog" in expand:
        body["changelog"] = inside(exchange.api, issue, newest_first=False)
    return body


def _search(exchange: Exchange, jql: str, *, lenient: bool) -> Search:
    """Unlike Cloud it searches without a bound, and takes bare words for a mistake."""
    try:
        query = parse(jql)
        if isinstance(query.where, Words):
            raise JqlError(f"Error in the JQL Query: expected an operator in '{jql}'.")
        viewer = replace(exchange.viewer, lenient=lenient)
        return build(query, viewer, exchange.site.clock())
    except JqlError as error:
        raise RefusedError(400, *error.messages) from error
