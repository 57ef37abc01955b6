"""Faults of paging: a list whose page tokens, cursors or offsets lead nowhere."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from jira_sandbox.faults import Answer, Trouble
from jira_sandbox.messages import RefusedError, Request, Response, json_response

TOKENS = ("nextPageToken", "cursor")
STUCK = "page-again"
ENDLESS = "page-"


def repeated_token(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    return _with_token(answer(_without_token(request)), STUCK)


def endless_pages(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    last = _token(request).removeprefix(ENDLESS)
    count = int(last) if last.isdecimal() else 0
    return _with_token(answer(_without_token(request)), f"{ENDLESS}{count + 1}")


def _token(request: Request) -> str:
    given = _body(request) if request.method == "POST" else {}
    found = (given.get(name) or request.argument(name) for name in TOKENS)
    return str(next(filter(None, found), ""))


def _without_token(request: Request) -> Request:
    if request.method == "GET":
        parts = urlsplit(request.target)
        rest = {name: each for name, each in parse_qs(parts.query).items() if name not in TOKENS}
        return replace(request, target=f"{parts.path}?{urlencode(rest, doseq=True)}")
    body = {name: value for name, value in _body(request).items() if name not in TOKENS}
    return replace(request, body=json.dumps(body).encode())


def _with_token(response: Response, token: str) -> Response:
    body = response.json() if response.status == 200 else {}
    more = _more(body, token)
    if not more:
        return response
    spoilt = json_response(body | more)
    spoilt.headers, spoilt.caller = response.headers, response.caller
    return spoilt


def _more(body: dict[str, Any], token: str) -> dict[str, Any]:
    """What makes a page promise another one; nothing where it is none of a list."""
    if "issues" in body:
        by_offset = {"total": body["total"] + 1_000} if "total" in body else {}
        return by_offset or {TOKENS[0]: token, "isLast": False}
    return {"links": body["links"] | {"next": token}} if "next" in body.get("links", {}) else {}


def _body(request: Request) -> dict[str, Any]:
    try:
        return request.json()
    except RefusedError:
        return {}
