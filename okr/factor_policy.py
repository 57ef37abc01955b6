"""Whoever has to have a second factor, by the policy of the company, adds one before going on."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from okr.factors import has_factor
from okr.http import after
from okr.models import Person

OPEN = ("/settings/security/", "/settings/password/", "/confirm/", "/sign-out/", "/appearance/")
SPOKEN = "/api/"
TITLE = "Add a second factor under Settings, Security, before you go on."
GetResponse = Callable[[HttpRequest], HttpResponse]


class AsksForFactor:
    """Middleware, after the one that knows who is signed in; tokens are not asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(OPEN):
            return self.get_response(request)
        return _led_away(request) if must_add(request) else self.get_response(request)


def must_add(request: HttpRequest) -> bool:
    """What the identity provider of the company lets in with is for that one to say."""
    person = request.user
    if not (isinstance(person, Person) and person.policy.asks_for_factor(person)):
        return False
    return not (_came_by_a_provider(request, person) or has_factor(person))


def _came_by_a_provider(request: HttpRequest, person: Person) -> bool:
    records = get_authentication_records(request, person)
    return any(record["method"] == "socialaccount" for record in records)


def _led_away(request: HttpRequest) -> HttpResponse:
    if not request.path.startswith(SPOKEN):
        return after(request, reverse("mfa_index"))
    status = HTTPStatus.FORBIDDEN
    told = {"type": "about:blank", "title": TITLE, "status": status}
    return JsonResponse(told, status=status, content_type="application/problem+json")
