"""What is shown to somebody who comes from a provider and is not signed in."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

FAILED = (
    "Your company sign-in did not work this time. Try again."
    " If it fails again, tell an OKR admin when it happened."
)


def not_signed_in(request: HttpRequest, sentence: str = FAILED) -> HttpResponse:
    is_in = request.user.is_authenticated
    title = "That did not work" if is_in else "You are not signed in"
    context = {"title": title, "sentence": sentence}
    return render(request, "account/not_signed_in.html", context, status=HTTPStatus.FORBIDDEN)
