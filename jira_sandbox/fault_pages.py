"""Faults of paging: a search whose page tokens or offsets lead nowhere."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from jira_sandbox.faults import Answer, Trouble
from jira_sandbox.messages import RefusedError, Request, Response, json_response

TOKEN = "nextPageToken"  # noqa: S105 - the name of a property
STUCK = "page-again"
ENDLESS = "page-"


def repeated_token(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    return _with_token(answer(_without_token(request)), STUCK)


def endless_pages(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    last = _token(request).removeprefix(ENDLESS)
    count = int(last) if last.isdecimal() else 0
    return _with_token(answer(_without_token(request)), f"{ENDLESS}{count + 1}")


def _token(request: Request) -> str:
    if request.method == "GET":
        return request.argument(TOKEN)
    return str(_body(request).get(TOKEN, ""))


def _without_token(request: Request) -> Request:
    if request.method == "GET":
        parts = urlsplit(request.target)
        rest = {name: each for name, each in parse_qs(parts.query).items() if name != TOKEN}
        return replace(request, target=f"{parts.path}?{urlencode(rest, doseq=True)}")
    body = {name: value for name, value in _body(request).items() if name != TOKEN}
    return replace(request, body=json.dumps(body).encode())


def _with_token(response: Response, token: str) -> Response:
    body = response.json()
    if response.status != 200 or "issues" not in body:
        return response
    by_offset = {"total": body["total"] + 1_000} if "total" in body else {}
    spoilt = json_response(body | (by_offset or {TOKEN: token, "isLast": False}))
    spoilt.headers, spoilt.caller = response.headers, response.caller
    return spoilt


def _body(request: Request) -> dict[str, Any]:
    try:
        return request.json()
    except RefusedError:
        return {}
