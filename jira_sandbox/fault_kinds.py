"""What each fault does: it stands between the caller and the answer and spoils one of them."""

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from jira_sandbox.faults import Answer, Kind, Trouble
from jira_sandbox.messages import (
    JSON_TYPE,
    Refusal,
    Request,
    Response,
    html_response,
    json_response,
    redirect,
    refusal_response,
)

PAGE = "<!doctype html><title>Welcome</title><h1>Welcome</h1><p>Please sign in to continue.</p>"
TOKEN = "nextPageToken"  # noqa: S105 - the name of a property
STUCK = "page-again"
ENDLESS = "page-"
BOMB_SIZE = 200_000_000
DEPTH = 100_000


def unauthorized(_trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    return refusal_response(Refusal(401, "The credentials are wrong or have expired."))


def forbidden(_trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    return refusal_response(Refusal(403, "This account has no access to the site."))


def captcha(_trouble: Trouble, _answer: Answer, request: Request) -> Response:
    response = html_response("<!doctype html><title>Forbidden</title>", 403)
    login = f"http://{request.host}/login.jsp"
    response.headers |= {
        "X-Authentication-Denied-Reason": f"CAPTCHA_CHALLENGE; login-url={login}",
        "X-Seraph-LoginReason": "AUTHENTICATION_DENIED",
    }
    return response


def html(_trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    return html_response(PAGE)


def redirected(trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    return redirect(trouble.fault.location, 302)


def timeout(trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    """Holds the line for `seconds`, then hangs up without a word."""
    trouble.stopping.wait(trouble.fault.seconds)
    response = Response(504)
    response.delivery.reset = True
    return response


def slow(trouble: Trouble, answer: Answer, request: Request) -> Response:
    trouble.stopping.wait(trouble.fault.seconds)
    return answer(request)


def drip(trouble: Trouble, answer: Answer, request: Request) -> Response:
    """One byte of the body every `seconds`: no single read takes long, the whole never ends."""
    response = answer(request)
    response.delivery.pause = trouble.fault.seconds
    return response


def too_many(trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    response = refusal_response(Refusal(429, "Too many requests; wait before the next."))
    reset = trouble.site.clock() + timedelta(seconds=30)
    response.headers |= {
        "Retry-After": trouble.fault.retry_after,
        "RateLimit-Reason": trouble.fault.reason,
        "X-RateLimit-Limit": "400",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": reset.strftime("%Y-%m-%dT%H:%MZ"),
    }
    return response


def broken(status: int) -> Kind:
    def kind(_trouble: Trouble, _answer: Answer, _request: Request) -> Response:
        return html_response("<!doctype html><title>Out of order</title>", status)

    return kind


def truncated(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    response = answer(request)
    response.delivery.cut_after = len(response.body) // 2
    return response


def invalid_json(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    response = answer(request)
    response.body = response.body[: len(response.body) // 2] + b'"}]'
    return response


def anonymous(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    """The token has expired: what allows anonymous callers goes on answering 200."""
    return answer(replace(request, expired=True))


def vanished(trouble: Trouble, answer: Answer, request: Request) -> Response:
    return answer(replace(request, unseen=request.unseen | {trouble.fault.key}))


def moved(trouble: Trouble, answer: Answer, request: Request) -> Response:
    """The issue goes to another project in the moment before this answer."""
    with trouble.site.lock, suppress(LookupError):
        issue = trouble.site.issue(trouble.fault.key)
        trouble.site.relocate(issue, trouble.fault.project)
    return answer(request)


def repeated_token(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    return _with_token(answer(_without_token(request)), STUCK)


def endless_pages(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    last = _token(request).removeprefix(ENDLESS)
    count = int(last) if last.isdecimal() else 0
    return _with_token(answer(_without_token(request)), f"{ENDLESS}{count + 1}")


def reset(_trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    response = Response(500)
    response.delivery.reset = True
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
    spoilt = json_response(body | {TOKEN: token, "isLast": False})
    spoilt.headers, spoilt.caller = response.headers, response.caller
    return spoilt


def _body(request: Request) -> dict[str, Any]:
    try:
        return request.json()
    except Refusal:
        return {}


KINDS: dict[str, Callable[[Trouble, Answer, Request], Response]] = {
    "401": unauthorized,
    "403": forbidden,
    "captcha": captcha,
    "html": html,
    "redirect": redirected,
    "timeout": timeout,
    "slow": slow,
    "drip": drip,
    "429": too_many,
    "500": broken(500),
    "502": broken(502),
    "503": broken(503),
    "truncated": truncated,
    "invalid-json": invalid_json,
    "anonymous": anonymous,
    "vanished": vanished,
    "moved": moved,
    "repeated-token": repeated_token,
    "endless-pages": endless_pages,
    "reset": reset,
    "wrong-schema": wrong_schema,
    "huge": huge,
    "deep": deep,
    "gzip-bomb": gzip_bomb,
}
