"""Faults of paging: a list whose page tokens, cursors or offsets lead nowhere."""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from jira_sandbox.faults import Answer, Trouble
from jira_sandbox.messages import RefusedError, Request, Response, json_response

TOKENS = ("nextPageToken", "cursor")
STUCK = "page-again"
ENDLESS = "page-"


def repeated_token(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    return _with_token(answer(_without_token(request)), request, STUCK)


def endless_pages(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    last = _token(request).removeprefix(ENDLESS)
    count = int(last) if last.isdecimal() else 0
    return _with_token(answer(_without_token(request)), request, f"{ENDLESS}{count + 1}")


def _token(request: Request) -> str:
    given = _body(request) if request.method == "POST" else {}
    found = (given.get(name) or request.argument(name) for name in TOKENS)
    return str(next(filter(None, found), ""))


def _without_token(request: Request) -> Request:
    if request.method == "GET":
        path, query = urlsplit(request.target).path, _query(request)
        return replace(request, target=f"{path}?{urlencode(query, doseq=True)}")
    body = {name: value for name, value in _body(request).items() if name not in TOKENS}
    return replace(request, body=json.dumps(body).encode())


def _query(request: Request) -> dict[str, list[str]]:
    asked = parse_qs(urlsplit(request.target).query)
    return {name: each for name, each in asked.items() if name not in TOKENS}


def _with_token(response: Response, request: Request, token: str) -> Response:
    if response.status != 200 or not isinstance(body := response.json(), dict):
        return response
    if "issues" in body:
        by_offset = {"total": body["total"] + 1_000} if "total" in body else {}
        body |= by_offset or {TOKENS[0]: token, "isLast": False}
    elif "_links" in body and "results" in body:
        body["_links"]["next"] = f"{_shown_path(request.path)}?{_onward(request, token)}"
    elif "next" in body.get("links", {}):
        by_address = str(body["links"].get("self")).startswith("http")
        address = f"http://{request.host}{request.path}?{_onward(request, token)}"
        body["links"]["next"] = address if by_address else token
    else:
        return response
    spoilt = json_response(body)
    spoilt.headers, spoilt.caller = response.headers, response.caller
    return spoilt


def _onward(request: Request, token: str) -> str:
    return urlencode(_query(request) | {TOKENS[1]: [token]}, doseq=True)


def _shown_path(path: str) -> str:
    """As Confluence writes where to go on: without the gateway, or what lies before version 1."""
    shown = re.search(r"(/wiki/api/v2|/rest/api)/.*", path)
    return shown[0] if shown else path


def _body(request: Request) -> dict[str, Any]:
    try:
        return request.json()
    except RefusedError:
        return {}
