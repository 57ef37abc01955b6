"""Tokens: one's own, and for OKR admins all of the company; told and revoked.

None is made here: whoever has found a token must not be able to make others from it.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfRows, Narrow, narrower
from okr.api.endpoint import Endpoint
from okr.api.problems import Problem
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Shape
from okr.api.signing_in import person_of
from okr.forms.api_tokens import revoke
from okr.models import ApiToken
from okr.models.api_token import ApiTokenQuerySet

THIS_ONE = "This is the token that you show. Revoke it on the page, or with another one."


class TokenShape(Shape):
    """`begins` is what the token begins with; nobody is told the rest. With `for_service` an OKR
    admin made it, to act as this person."""

    class Meta:
        model = ApiToken
        fields = (
            *("id", "name", "person", "for_service", "scopes", "begins"),
            *("made_by", "made_at", "ends_at", "used_at"),
        )


class OfTokens(Endpoint):
    about, noun, shape = "API tokens", "a token", TokenShape

    def rows(self) -> ApiTokenQuerySet:
        return ApiToken.objects.kept()


class OwnTokens(OfTokens):
    lists, asks = True, AskedOfRows
    summaries: Mapping[str, str] = {"GET": "List your tokens, and those that act as you"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(self.rows())

    def rows(self) -> ApiTokenQuerySet:
        return super().rows().filter(person=person_of(self.request))


class OneOwnToken(OfTokens):
    summaries: Mapping[str, str] = {"DELETE": "Revoke a token of yours"}

    def delete(self, request: Request, pk: int) -> Response:
        rows = self.rows().filter(person=person_of(request))
        return _revoked(get_object_or_404(rows, pk=pk), request)


class AskedOfTokens(AskedOfRows):
    person = narrower(help_text="As whom they act.")
    narrows: ClassVar[Mapping[str, Narrow]] = {"person": "person"}


class Tokens(OfTokens):
    lists, asks, scopes = True, AskedOfTokens, FOR_ADMINS
    summaries: Mapping[str, str] = {"GET": "List all tokens of the company"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(self.rows())


class OneToken(OfTokens):
    scopes = FOR_ADMINS
    summaries: Mapping[str, str] = {"DELETE": "Revoke a token of anybody"}

    def delete(self, request: Request, pk: int) -> Response:
        return _revoked(get_object_or_404(self.rows(), pk=pk), request)


def _revoked(token: ApiToken, request: Request) -> Response:
    if token == request.auth:
        raise Problem(HTTPStatus.CONFLICT, THIS_ONE)
    revoke(token, timezone.now())
    return Response(status=HTTPStatus.NO_CONTENT)


addresses: list[Any] = [
    path("me/tokens/", OwnTokens.as_view(), name="own_tokens"),
    path("me/tokens/<int:pk>/", OneOwnToken.as_view(), name="own_token"),
    path("tokens/", Tokens.as_view(), name="tokens"),
    path("tokens/<int:pk>/", OneToken.as_view(), name="token"),
]
