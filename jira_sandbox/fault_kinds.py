"""Every kind of fault by name: it stands between a caller and the answer and spoils one of them."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from jira_sandbox import fault_bodies, fault_events, fault_pages
from jira_sandbox.admin.refusals import PREFIXES, translated
from jira_sandbox.confluence.refusals import told_by_confluence
from jira_sandbox.faults import Answer, Kind, Trouble
from jira_sandbox.messages import (
    RefusedError,
    Request,
    Response,
    html_response,
    redirect,
    refused_response,
)

PAGE = "<!doctype html><title>Welcome</title><h1>Welcome</h1><p>Please sign in to continue.</p>"


def refused(request: Request, status: int, message: str) -> Response:
    """In the words of whoever is asked."""
    error = RefusedError(status, message)
    if request.path.startswith(PREFIXES):
        return translated(error).response
    tell = told_by_confluence(request.path) or refused_response
    return tell(error)


def unauthorized(_trouble: Trouble, _answer: Answer, request: Request) -> Response:
    return refused(request, 401, "The credentials are wrong or have expired.")


def forbidden(_trouble: Trouble, _answer: Answer, request: Request) -> Response:
    return refused(request, 403, "This account has no access here.")


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


def too_many(trouble: Trouble, _answer: Answer, request: Request) -> Response:
    response = refused(request, 429, "Too many requests; wait before the next.")
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


def lagging(_trouble: Trouble, answer: Answer, request: Request) -> Response:
    """Accounts are told as they were before they were changed last."""
    return answer(replace(request, lagging=True))


def overtaken(trouble: Trouble, answer: Answer, request: Request) -> Response:
    """Somebody else saves the wiki page in the moment before this answer."""
    wiki = trouble.site.wiki
    with trouble.site.lock, suppress(LookupError, ValueError):
        page = wiki.page(int(trouble.fault.key))
        wiki.amend(page, f"{page.now.body}<p>Saved in between.</p>", trouble.site.admin)
    return answer(request)


def discarded(trouble: Trouble, answer: Answer, request: Request) -> Response:
    """Somebody moves the wiki page to the trash in the moment before this answer."""
    wiki = trouble.site.wiki
    with trouble.site.lock, suppress(LookupError, ValueError):
        wiki.trash(wiki.page(int(trouble.fault.key)))
    return answer(request)


def reset(_trouble: Trouble, _answer: Answer, _request: Request) -> Response:
    response = Response(500)
    response.delivery.reset = True
    return response


KINDS: dict[str, Kind] = {
    "401": unauthorized,
    "403": forbidden,
    "captcha": captcha,
    "html": html,
    "redirect": redirected,
    "timeout": timeout,
    "slow": slow,
    "drip": fault_bodies.drip,
    "429": too_many,
    "500": broken(500),
    "502": broken(502),
    "503": broken(503),
    "truncated": fault_bodies.truncated,
    "invalid-json": fault_bodies.invalid_json,
    "anonymous": anonymous,
    "vanished": vanished,
    "moved": moved,
    "lagging": lagging,
    "overtaken": overtaken,
    "discarded": discarded,
    "repeated-token": fault_pages.repeated_token,
    "endless-pages": fault_pages.endless_pages,
    "reset": reset,
    "wrong-schema": fault_bodies.wrong_schema,
    "huge": fault_bodies.huge,
    "deep": fault_bodies.deep,
    "gzip-bomb": fault_bodies.gzip_bomb,
    "webhook-duplicate": fault_events.duplicate,
    "webhook-disorder": fault_events.disorder,
    "webhook-delayed": fault_events.delayed,
    "webhook-forged": fault_events.forged,
    "webhook-dropped": fault_events.dropped,
}
