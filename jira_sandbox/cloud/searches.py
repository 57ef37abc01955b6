"""`search/jql`, `search/approximate-count` and `jql/parse`."""

from collections.abc import Iterable
from typing import Any

from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.cloud.fields import chosen, issue_body
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.parser import parse
from jira_sandbox.jql.search import Search, build, prepare_bounded
from jira_sandbox.jql.structure import structure
from jira_sandbox.jql.tree import Words
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.issue import Issue

USUAL_PAGE, LARGEST_PAGE = 50, 5000
MOST_RECONCILED = 50
ID_ONLY = ["id"]
SMALL_FIELDS = frozenset({"id", "key"})
BODY_NAMES = frozenset(
    {
        "jql",
        "nextPageToken",
        "maxResults",
        "fields",
        "expand",
        "properties",
        "fieldsByKeys",
        "reconcileIssues",
    }
)
VALIDATIONS = ("strict", "warn", "none")


def by_query_string(exchange: Exchange) -> Response:
    request = exchange.request
    size = exchange.number("maxResults", USUAL_PAGE, 1, LARGEST_PAGE)
    fields = ",".join(request.query.get("fields", [])).split(",")
    reconciled = request.query.get("reconcileIssues", [])
    asked = [name for name in fields if name] or ID_ONLY
    token, jql = request.argument("nextPageToken"), request.argument("jql")
    return _page(exchange, jql, token, size, asked, reconciled)


def by_body(exchange: Exchange) -> Response:
    body = exchange.request.json()
    refuse_unknown(body, BODY_NAMES)
    size = body.get("maxResults", USUAL_PAGE)
    if type(size) is not int or not 1 <= size <= LARGEST_PAGE:
        raise RefusedError(400, f"'maxResults' has to be a number from 1 to {LARGEST_PAGE}.")
    fields = texts(body, "fields") or ID_ONLY
    token, jql = str(body.get("nextPageToken") or ""), str(body.get("jql") or "")
    return _page(exchange, jql, token, size, fields, body.get("reconcileIssues") or [])


def approximate_count(exchange: Exchange) -> Response:
    body = exchange.request.json()
    refuse_unknown(body, frozenset({"jql"}))
    return json_response({"count": _search(exchange, str(body.get("jql") or "")).count()})


def parse_queries(exchange: Exchange) -> Response:
    validation = exchange.request.argument("validation", "strict")
    if validation not in VALIDATIONS:
        raise RefusedError(400, f"'validation' has to be one of {', '.join(VALIDATIONS)}.")
    body = exchange.request.json()
    refuse_unknown(body, frozenset({"queries"}))
    queries = texts(body, "queries")
    if not queries or not all(queries):
        raise RefusedError(400, "Give at least one query in 'queries', and none that is empty.")
    return json_response({"queries": [_parsed(exchange, each, validation) for each in queries]})


def refuse_unknown(body: Json, known: frozenset[str]) -> None:
    if unknown := sorted(body.keys() - known):
        raise RefusedError(
            400, f"The body holds a property that is not known here: '{unknown[0]}'."
        )


def texts(body: Json, name: str) -> list[str]:
    found = body.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise RefusedError(400, f"'{name}' has to be a list of texts.")
    return found


def _page(
    exchange: Exchange, jql: str, token: str, size: int, fields: list[str], reconciled: list[Any]
) -> Response:
    _check_reconciled(reconciled)
    small = set(fields) <= SMALL_FIELDS
    size = size if small else min(size, exchange.page_size)
    ids = _remaining(exchange, jql, token)
    names = chosen(fields)
    issues = list(_still_there(exchange, ids[:size]))
    body: Json = {"issues": [_row(exchange, issue, fields, names) for issue in issues]}
    body["isLast"] = len(ids) <= size
    if not body["isLast"]:
        body["nextPageToken"] = exchange.cursors.keep(jql, list(ids[size:]))
    return json_response(body)


def _check_reconciled(reconciled: list[Any]) -> None:
    numeric = isinstance(reconciled, list) and all(str(each).isdecimal() for each in reconciled)
    if not numeric or len(reconciled) > MOST_RECONCILED:
        raise RefusedError(400, f"'reconcileIssues' takes up to {MOST_RECONCILED} numeric ids.")


def _remaining(exchange: Exchange, jql: str, token: str) -> tuple[int, ...]:
    search = _search(exchange, jql)
    if not token:
        return tuple(issue.id for issue in search.issues())
    ids = exchange.cursors.find(token, jql)
    if ids is None:
        raise RefusedError(400, "The page token is not valid for this search, or has expired.")
    return ids


def _search(exchange: Exchange, jql: str) -> Search:
    try:
        return prepare_bounded(jql, exchange.viewer, exchange.site.clock())
    except JqlError as error:
        raise RefusedError(400, *error.messages) from error


def _still_there(exchange: Exchange, ids: Iterable[int]) -> Iterable[Issue]:
    found = (exchange.site.issues.get(number) for number in ids)
    return (issue for issue in found if issue and exchange.viewer.sees(issue))


def _row(exchange: Exchange, issue: Issue, asked: list[str], names: list[str]) -> Json:
    """Asked for nothing but the id, Jira sends nothing but the id."""
    if asked == ID_ONLY:
        return {"id": str(issue.id)}
    return issue_body(issue, exchange.viewer, exchange.api, names)


def _parsed(exchange: Exchange, jql: str, validation: str) -> Json:
    try:
        query = parse(jql)
        if isinstance(query.where, Words):
            raise JqlError(f"JQL: expected an operator after '{query.where.words[0]}'.")
    except JqlError as error:
        return {"query": jql, "errors": error.messages}
    complaints: list[str] = []
    if validation != "none":
        try:
            build(query, exchange.viewer, exchange.site.clock())
        except JqlError as error:
            complaints = list(dict.fromkeys(error.messages))
    if complaints and validation == "strict":
        return {"query": jql, "errors": complaints}
    warned = {"warnings": complaints} if complaints else {}
    return {"query": jql, "structure": structure(query)} | warned
