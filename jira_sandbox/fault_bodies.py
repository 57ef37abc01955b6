"""Faults of the answer itself: cut short, malformed, misshapen or far too large."""

import gzip
from typing import Any

from jira_sandbox.faults import Answer, Trouble
from jira_sandbox.messages import JSON_TYPE, Request, Response, json_response

BOMB_SIZE = 200_000_000
DEPTH = 100_000


def drip(trouble: Trouble, answer: Answer, request: Request) -> Response:
    """One byte of the body every `seconds`: no single read takes long, the whole never ends."""
    response = answer(request)
    response.delivery.pause = trouble.fault.seconds
    return response


def truncated(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    response = answer(request)
    response.delivery.cut_after = len(response.body) // 2
    return response


def invalid_json(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    response = answer(request)
    response.body = response.body[: len(response.body) // 2] + b'"}]'
    return response


def wrong_schema(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    """Perfect JSON in which nothing has the type that it should have."""
    response = answer(request)
    body = response.json() if response.body else {}
    if isinstance(body, dict):
        return json_response({name: _other(value) for name, value in body.items()})
    return json_response({"unexpected": True})


def huge(trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    return json_response({"issues": [], "filling": "x" * trouble.fault.size})


def deep(_trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    return Response(200, b"[" * DEPTH + b"]" * DEPTH, {"Content-Type": JSON_TYPE})


def gzip_bomb(_trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    body = gzip.compress(b" " * BOMB_SIZE)
    return Response(200, body, {"Content-Type": JSON_TYPE, "Content-Encoding": "gzip"})


def _other(value: Any) -> Any:
    if isinstance(value, str):
        return 17
    return "unexpected" if isinstance(value, dict | int | float) else {"unexpected": True}
