"""The connected organizations: how each stands, connected, changed, paused and disconnected.

A key or token is taken and never told again.
"""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from atlassian_accounts import deeds
from atlassian_accounts.api.base import Edition, OfAdmins, problem_of
from atlassian_accounts.forms.connect import ConnectForm
from atlassian_accounts.models import OrganizationConnection
from atlassian_accounts.standing import Card, Standing
from okr.api.asking import AskedOfRows
from okr.api.confirmed import KEEPING
from okr.api.forming import as_it_stands, as_typed
from okr.api.shapes import Body, Nothing, Shape
from okr.api.signing_in import person_of
from okr.api.versions import require_match, tagged
from okr.models import Person


class OrganizationShape(Shape):
    """`standing` and `sentence` say how its reading does, `accounts` how many there are. Neither
    the API key nor the API token is ever told."""

    version = serializers.SerializerMethodField()
    host = serializers.CharField()
    accounts = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()
    sentence = serializers.SerializerMethodField()

    class Meta:
        model = OrganizationConnection
        fields = (
            *("id", "version", "label", "source", "admin_email", "admin_url", "organization_id"),
            *("organization_name", "server", "host", "secret_saved_at", "paused", "suspended"),
            *("accounts", "standing", "sentence", "failing_since", "read_at", "next_read_at"),
        )

    def get_version(self, row: OrganizationConnection) -> str:
        return edition_of(row).version

    def get_accounts(self, row: OrganizationConnection) -> int:
        return self._card(row).number

    def get_standing(self, row: OrganizationConnection) -> Standing:
        return self._card(row).standing

    def get_sentence(self, row: OrganizationConnection) -> str:
        return self._card(row).sentence

    def _card(self, row: OrganizationConnection) -> Card:
        card: Card = self.context["cards"][row.pk]
        return card


class OrganizationBody(Body):
    """What is entered is tried first: what Atlassian refuses replaces nothing. Either the
    `organization_key` of an organization, or the `api_token` of an account that administers the
    single site at `admin_url`; without either the saved one is kept, for the same place."""

    label: Any = serializers.CharField(max_length=80)
    admin_email = serializers.CharField(max_length=254)
    admin_url = serializers.CharField(required=False, allow_blank=True, max_length=300)
    organization_id = serializers.CharField(required=False, allow_blank=True, max_length=64)
    organization_key = serializers.CharField(required=False, max_length=2_000, write_only=True)
    api_token = serializers.CharField(required=False, max_length=2_000, write_only=True)


class OfOrganizations(OfAdmins):
    noun, shape = "an organization", OrganizationShape

    def _context(self) -> dict[str, Any]:
        cards = {card.connection.pk: card for card in Card.of_each()}
        return super()._context() | {"cards": cards}

    def stands(self, pk: int, status: HTTPStatus = HTTPStatus.OK) -> Response:
        fresh = get_object_or_404(OrganizationConnection, pk=pk)
        return tagged(Response(self.told(fresh), status), edition_of(fresh))


class Organizations(OfOrganizations):
    lists, keyed, sensitive = True, False, KEEPING
    body, asks = OrganizationBody, AskedOfRows
    summaries = {
        "GET": "List the connected organizations of Atlassian",
        "POST": "Connect an organization of Atlassian, or a single site",
    }

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(OrganizationConnection.objects.all())

    def post(self, request: Request) -> Response:
        form = ConnectForm(as_typed(self.taken()))
        made = connected(form, person_of(request))
        response = self.stands(made.pk, HTTPStatus.CREATED)
        response["Location"] = reverse("accounts_api:organization", args=[made.pk])
        return response


class OneOrganization(OfOrganizations):
    versioned, body, sensitive = True, OrganizationBody, KEEPING

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stands(pk)

    def patch(self, request: Request, pk: int) -> Response:
        row = get_object_or_404(OrganizationConnection, pk=pk)
        require_match(request, edition_of(row))
        held = as_it_stands(ConnectForm(connection=row))
        form = ConnectForm(as_typed(held | self.taken(partial=True)), connection=row)
        connected(form, person_of(request))
        return self.stands(pk)

    def delete(self, request: Request, pk: int) -> Response:
        row = get_object_or_404(OrganizationConnection, pk=pk)
        require_match(request, edition_of(row))
        deeds.disconnect(row)
        return Response(status=HTTPStatus.NO_CONTENT)


class Pause(OfOrganizations):
    keyed, body = False, Nothing
    answers = {"POST": HTTPStatus.OK, "DELETE": HTTPStatus.OK}
    summaries = {
        "POST": "Pause the reading of an organization",
        "DELETE": "Go on with the reading of an organization",
    }

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        row = get_object_or_404(OrganizationConnection, pk=pk)
        self.taken()
        deeds.pause(row)
        return self.stands(pk)

    def delete(self, request: Request, pk: int) -> Response:
        deeds.go_on(get_object_or_404(OrganizationConnection, pk=pk), person_of(request))
        return self.stands(pk)


def edition_of(row: OrganizationConnection) -> Edition:
    place = row.admin_email, row.admin_url, row.organization_id, row.server
    return Edition.of(row.label, *place, row.secret_saved_at, row.paused)


def connected(form: ConnectForm, by: Person) -> OrganizationConnection:
    """Raises a Problem that names the box for what we or Atlassian refuse."""
    accepted = form.is_valid() and form.connects()
    if accepted and (connection := deeds.connect(form, by)):
        return connection
    raise problem_of(form)


addresses = [
    path("atlassian/organizations/", Organizations.as_view(), name="organizations"),
    path("atlassian/organizations/<int:pk>/", OneOrganization.as_view(), name="organization"),
    path("atlassian/organizations/<int:pk>/pause/", Pause.as_view(), name="pause"),
]
