"""Whoever asks shows a token, or is signed in in this browser."""

from typing import Any

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from okr.models import ApiToken, Person
from okr.time_zones import zone_of

SCHEME = "Bearer"
NOT_KNOWN = "This token is not known, was revoked, or has reached its end."


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        scheme, _, told = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.casefold() != SCHEME.casefold():
            return None
        now = timezone.now()
        token = ApiToken.objects.told(told.strip(), now)
        if token is None:
            raise AuthenticationFailed(NOT_KNOWN)
        token.used(now)
        _enter(request, token.person)
        return token.person, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        return SCHEME


def _enter(request: Request, person: Person) -> None:
    """From here on it is as after signing in: for the log's line of this request, and the clock."""
    request._request._cached_user = person  # type: ignore[attr-defined]  # Django's own place
    timezone.activate(zone_of(person) or timezone.get_default_timezone())


def person_of(request: Request) -> Person:
    """Who asks. Views that `Scoped` guards may count on a person."""
    user: Any = request.user
    assert isinstance(user, Person)  # noqa: S101  narrows the type; the permission ensures it
    return user
