"""A directory shows its token; it acts in its own name, not in a person's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from okr.acting import Actor, acting
from okr.api.signing_in import NOT_KNOWN, SCHEME
from okr.models import Person, Role
from okr.models.audit import Via
from okr.models.provisioning import DirectoryToken


class DirectoryAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[DirectoryToken, DirectoryToken] | None:
        scheme, _, told = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.casefold() != SCHEME.casefold():
            return None
        token = DirectoryToken.objects.told(told.strip())
        if token is None:
            raise AuthenticationFailed(NOT_KNOWN)
        token.used(timezone.now())
        return token, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        return SCHEME


class OnlyDirectories(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002
        return isinstance(request.auth, DirectoryToken)


@contextmanager
def as_directory(request: Request) -> Iterator[None]:
    """What is logged meanwhile names the directory's token."""
    token: Any = request.auth
    with acting(partial(_directory, Actor.of(request._request), token)):
        yield


def _directory(actor: Actor, token: DirectoryToken) -> Actor:
    return replace(actor, name="The directory", token=token.name, via=Via.DIRECTORY)


def on_behalf_of(token: DirectoryToken, leaver: Person) -> Person:
    """In whose name somebody's work is handed over: who made the token, or another OKR admin."""
    admins = Person.objects.active().filter(role=Role.OKR_ADMIN).exclude(pk=leaver.pk)
    own = admins.filter(pk=token.made_by_id).first()
    found = own or admins.order_by("pk").first()
    return found or leaver
