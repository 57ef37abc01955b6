"""The connection: how it stands; connected, changed, tested and removed.

A token is taken and never told again.
"""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from confluence import deeds
from confluence.api.base import OfAdmins
from confluence.forms.credentials import CredentialsForm
from confluence.models import ConfluenceConnection
from confluence.standing import Standing
from okr.api.asking import AskedOfRows
from okr.api.confirmed import KEEPING
from okr.api.forming import as_it_stands, as_typed
from okr.api.problems import Problem, of_form
from okr.api.shapes import Body, Nothing, Plain, Shape
from okr.api.versions import Edition, require_match, tagged

ALREADY = "A Confluence is connected already. Change it, or remove it first."
NAMES = {"expires_on": "token_expires_on"}
ENTERED = ("email", "server", "token")


class ConfluenceConnectionShape(Shape):
    """`standing` and `sentence` say how reading does. The token is never told."""

    version = serializers.SerializerMethodField()
    host = serializers.CharField()
    standing = serializers.SerializerMethodField()
    sentence = serializers.SerializerMethodField()
    attached = serializers.SerializerMethodField()
    absent = serializers.SerializerMethodField()

    class Meta:
        model = ConfluenceConnection
        fields = (
            *("id", "version", "server", "host", "hosting", "email", "account_name", "secret"),
            *("token_saved_at", "token_expires_on", "standing", "sentence", "attached", "absent"),
            *("suspended", "failing_since", "read_at", "next_read_at"),
        )

    def get_version(self, connection: ConfluenceConnection) -> str:
        return edition_of(connection).version

    def get_standing(self, _: ConfluenceConnection) -> str:
        return self._standing.word

    def get_sentence(self, _: ConfluenceConnection) -> str:
        return self._standing.sentence

    def get_attached(self, _: ConfluenceConnection) -> int:
        """How many pages are attached."""
        return self._standing.attached

    def get_absent(self, _: ConfluenceConnection) -> int:
        """How many of them can no longer be read."""
        return self._standing.absent

    @property
    def _standing(self) -> Standing:
        standing: Standing = self.context["standing"]
        return standing


class ConfluenceConnectionBody(Body):
    """What is entered is tried first: what Confluence refuses replaces nothing. To connect,
    `email`, `server` and `token` are needed. In a change, without a `token` the saved one is kept,
    as long as the address stays the same."""

    email = serializers.CharField(required=False, max_length=254)
    server = serializers.CharField(required=False, max_length=2_000)
    token = serializers.CharField(required=False, max_length=2_000, write_only=True)
    token_expires_on = serializers.DateField(required=False, allow_null=True)


class OfConnections(OfAdmins):
    noun = "the connection to Confluence"
    shape: Any = ConfluenceConnectionShape

    def stands(
        self, connection: ConfluenceConnection, status: HTTPStatus = HTTPStatus.OK
    ) -> Response:
        fresh = ConfluenceConnection.objects.get(pk=connection.pk)
        return tagged(Response(self.told(fresh), status), edition_of(fresh))

    def _context(self) -> dict[str, Any]:
        return super()._context() | {"standing": Standing.load()}


class Connections(OfConnections):
    """There is one at most."""

    lists, keyed, sensitive = True, False, KEEPING
    body, asks = ConfluenceConnectionBody, AskedOfRows
    summaries = {
        "GET": "List the connection to Confluence, if there is one",
        "POST": "Connect Confluence; the switches stay as they are",
    }

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(ConfluenceConnection.objects.all())

    def post(self, request: Request) -> Response:  # noqa: ARG002
        values = self.taken()
        if ConfluenceConnection.objects.exists():
            raise Problem(HTTPStatus.CONFLICT, ALREADY)
        made = accepted(_boxes(values), None)
        response = self.stands(made, HTTPStatus.CREATED)
        response["Location"] = reverse("confluence_api:connection", args=[made.pk])
        return response


class OneConnection(OfConnections):
    versioned, body, sensitive = True, ConfluenceConnectionBody, KEEPING | {"DELETE"}
    summaries = {"DELETE": "Remove the connection to Confluence, and what was attached through it"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stands(get_object_or_404(ConfluenceConnection, pk=pk))

    def patch(self, request: Request, pk: int) -> Response:
        connection = get_object_or_404(ConfluenceConnection, pk=pk)
        require_match(request, edition_of(connection))
        held = as_it_stands(CredentialsForm(connection=connection))
        entered = _boxes(self.taken(partial=True))
        return self.stands(accepted(held | entered, connection) if entered else connection)

    def delete(self, request: Request, pk: int) -> Response:
        connection = get_object_or_404(ConfluenceConnection, pk=pk)
        require_match(request, edition_of(connection))
        deeds.remove(connection)
        return Response(status=HTTPStatus.NO_CONTENT)


class ConfluenceTestedShape(Plain):
    accepted = serializers.BooleanField()
    sentence = serializers.CharField(help_text="What was seen, or why Confluence refuses it.")


class Test(OfAdmins):
    keyed = False
    shape, body, answers = ConfluenceTestedShape, Nothing, {"POST": HTTPStatus.OK}
    summaries = {"POST": "Try the saved credentials of Confluence"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        connection = get_object_or_404(ConfluenceConnection, pk=pk)
        self.taken()
        form, passed = deeds.try_saved(connection)
        sentence = form.proof if passed else form.problem
        return Response(self.told({"accepted": passed, "sentence": sentence}))


def edition_of(connection: ConfluenceConnection) -> Edition:
    entered = connection.server, connection.email, connection.token_saved_at
    return Edition.of(*entered, connection.token_expires_on)


def accepted(
    typed: dict[str, Any], connection: ConfluenceConnection | None
) -> ConfluenceConnection:
    """What Confluence has just taken; raises a Problem that names the box for what it refuses."""
    form = CredentialsForm(as_typed(typed), connection=connection)
    if not (form.is_valid() and form.connects()):
        raise of_form(form, NAMES)
    return deeds.connect(form)


def _boxes(values: dict[str, Any]) -> dict[str, Any]:
    """As the form of the page has them."""
    ends = {"expires_on": values["token_expires_on"]} if "token_expires_on" in values else {}
    return {name: values[name] for name in ENTERED if name in values} | ends


addresses = [
    path("confluence/connections/", Connections.as_view(), name="connections"),
    path("confluence/connections/<int:pk>/", OneConnection.as_view(), name="connection"),
    path("confluence/connections/<int:pk>/test/", Test.as_view(), name="test"),
]
