"""Numbers each request, and tells of it in one line when it is answered."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars, clear_contextvars

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
NOWHERE, STATIC = "none", "static"
logger = structlog.get_logger("plumbline.request")


class RequestLine:
    """The number follows into every line that the request causes, in its tasks too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.count = counting() if settings.NUMBERS_ON else None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, number = time.perf_counter(), number_of(request)
        request.request_id = number  # type: ignore[attr-defined]
        clear_contextvars()
        with bound_contextvars(request_id=number):
            response = self.get_response(request)
            response[HEADER] = number
            self._tell(request, response, time.perf_counter() - began)
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        route = route_of(request)
        tell(request, response, route, seconds)
        if self.count:
            self.count(route, response.status_code, seconds)


def counting() -> Callable[[str, int, float], None]:
    """Imported only where somebody reads the numbers."""
    from config.watch.counts import instruments

    return instruments().count


def number_of(request: HttpRequest) -> str:
    """The one that a proxy gave it, where it is one; else a new one, short enough to be told."""
    given = request.headers.get(HEADER, "")
    return given if ACCEPTED.fullmatch(given) else secrets.token_hex(8)


def tell(request: HttpRequest, response: HttpResponse, route: str, seconds: float) -> None:
    logger.log(
        level_of(route, response.status_code),
        "request",
        method=request.method,
        route=route,
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
        person=person_of(request),
    )


def route_of(request: HttpRequest) -> str:
    """The name of the address, never the address: there are few of them, and no secret in any."""
    match = request.resolver_match
    if match:
        return match.view_name
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else NOWHERE


def level_of(route: str, status: int) -> int:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return logging.WARNING
    return logging.DEBUG if route == STATIC else logging.INFO


def person_of(request: HttpRequest) -> int | None:
    """Whoever was asked for while answering; nobody is asked for because of us."""
    person = getattr(request, "_cached_user", None)
    return person.pk if person else None
