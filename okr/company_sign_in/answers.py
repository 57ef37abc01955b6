"""What is shown to somebody who comes from a provider and is not signed in."""

from http import HTTPStatus

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

FAILED = (
    "Your company sign-in did not work this time. Try again."
    " If it fails again, tell an OKR admin when it happened."
)


def too_often(request: HttpRequest) -> HttpResponse | None:
    """Each way to a provider begins a session and may have the provider asked about itself."""
    asked = {"app": "allauth.account", "action": "company_sign_in"}
    if ratelimit.consume(request, **asked, limit_get=True):
        return None
    return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def not_signed_in(request: HttpRequest, sentence: str = FAILED) -> HttpResponse:
    is_in = request.user.is_authenticated
    title = "That did not work" if is_in else "You are not signed in"
    context = {"title": title, "sentence": sentence}
    return render(request, "account/not_signed_in.html", context, status=HTTPStatus.FORBIDDEN)
