"""What is shown where a page cannot be."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from okr.api import problems
from okr.http import wants_part

REFUSED = "You may not open this page. If you need it, ask an OKR admin."
NOT_FOUND = "There is nothing at this address, or it is not visible to you."
BROKEN = "Something went wrong on our side"
HOW_ON = "Try again, or reload the page to see how things stand."
TELL = "If it stays, tell your admin this number: {number}."
STALE_FORM = "This form was open for too long. Go back, reload the page and send it again."


@requires_csrf_token
def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = str(exception) or REFUSED
    return _told(request, "403.html", "No access", sentence, HTTPStatus.FORBIDDEN)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _told(request, "404.html", "Page not found", NOT_FOUND, HTTPStatus.NOT_FOUND)


@requires_csrf_token
def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return _told(request, "403.html", "Form not accepted", STALE_FORM, HTTPStatus.FORBIDDEN)


def broken(request: HttpRequest) -> HttpResponse:
    """Needs neither database nor session: either may be what is broken.

    The number is that of the request, by which whoever runs this finds it in the log.
    """
    number = getattr(request, "request_id", "")
    told = f"{HOW_ON} {TELL.format(number=number)}" if number else HOW_ON
    if problems.concerns(request):
        return problems.outside(request, HTTPStatus.INTERNAL_SERVER_ERROR, f"{BROKEN}. {told}")
    if wants_part(request):
        return _plain(f"{BROKEN}. {told}", HTTPStatus.INTERNAL_SERVER_ERROR)
    context = {"product": settings.PRODUCT_NAME, "title": BROKEN, "sentence": told}
    body = loader.render_to_string("500.html", context)
    return HttpResponse(body, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _told(
    request: HttpRequest, template: str, title: str, sentence: str, status: HTTPStatus
) -> HttpResponse:
    if problems.concerns(request):
        return problems.outside(request, status, sentence)
    if wants_part(request):
        return _plain(sentence, status)
    return render(request, template, {"title": title, "sentence": sentence}, status=status)


def _plain(sentence: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
