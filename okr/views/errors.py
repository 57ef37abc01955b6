"""What is shown where a page cannot be."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
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
TOO_MUCH = "It is more than one form may hold. Go back, and choose a long text as a file."
GARBLED = "What your browser sent could not be read. Go back, reload the page and try again."
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
    return _bare(request, BROKEN, told, HTTPStatus.INTERNAL_SERVER_ERROR)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Before anybody knows who asks: what was sent could not be taken apart."""
    told = TOO_MUCH if isinstance(exception, RequestDataTooBig) else GARBLED
    return _bare(request, "This was not accepted", told, HTTPStatus.BAD_REQUEST)


def _bare(request: HttpRequest, title: str, sentence: str, status: HTTPStatus) -> HttpResponse:
    """A page that needs nothing but itself."""
    if problems.concerns(request):
        return problems.outside(request, status, f"{title}. {sentence}")
    if wants_part(request):
        return _plain(f"{title}. {sentence}", status)
    context = {"product": settings.PRODUCT_NAME, "title": title, "sentence": sentence}
    return HttpResponse(loader.render_to_string("500.html", context), status=status)


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
