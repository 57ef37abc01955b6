"""The spaces of Confluence in which people publish: an admin chooses them."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from confluence.api.base import OfAdmins
from confluence.forms.spaces import SpacesForm, offered_by
from confluence.models import ConfluenceConnection, PublishingSpace
from okr.api.asking import GREATEST, AskedOfRows
from okr.api.endpoint import Endpoint
from okr.api.forming import as_typed
from okr.api.problems import of_form
from okr.api.shapes import Body, Plain, Shape
from okr.api.signing_in import person_of
from okr.api.versions import Edition, require_match, tagged


class SpaceShape(Shape):
    """`id` is what a body of publishing names, `number` is Confluence's own."""

    class Meta:
        model = PublishingSpace
        fields = ("id", "number", "key", "name")


class OfferedSpaceShape(serializers.Serializer):  # type: ignore[type-arg]
    number = serializers.IntegerField(source="id")
    key = serializers.CharField()
    name = serializers.CharField()


class SpacesShape(Plain):
    """`spaces` are the numbers of those that are chosen, `offered` those that the account sees.
    `fault` says why Confluence could not be asked for them."""

    version = serializers.CharField()
    spaces = serializers.ListField(child=serializers.IntegerField())
    offered: Any = OfferedSpaceShape(many=True)
    fault = serializers.CharField()


class SpacesBody(Body):
    """By Confluence's number. What was published elsewhere stays there."""

    spaces = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=GREATEST), max_length=1_000
    )


class Spaces(Endpoint):
    """None for whoever may publish nothing."""

    about, noun, lists = "Publishing in Confluence", "a space", True
    shape, asks = SpaceShape, AskedOfRows
    summaries = {"GET": "List the spaces in which you may publish"}

    def get(self, request: Request) -> Response:
        person, rows = person_of(request), PublishingSpace.objects.all()
        may = person.is_okr_admin or person.leads.exists()
        return self.listed(rows if may else rows.none())


class Choice(OfAdmins):
    about, noun, versioned = "Publishing in Confluence", "the spaces for publishing", True
    shape, body = SpacesShape, SpacesBody

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stand(get_object_or_404(ConfluenceConnection, pk=pk))

    def patch(self, request: Request, pk: int) -> Response:
        connection = get_object_or_404(ConfluenceConnection, pk=pk)
        require_match(request, edition_of(connection))
        values = self.taken(partial=True)
        if "spaces" in values:
            offered, _ = offered_by(connection)
            form = SpacesForm(as_typed(values), connection=connection, offered=offered)
            if not form.is_valid():
                raise of_form(form)
            form.keep()
        return self.stand(connection)

    def stand(self, connection: ConfluenceConnection) -> Response:
        offered, fault = offered_by(connection)
        edition = edition_of(connection)
        told = {"version": edition.version, "spaces": chosen(connection), "offered": offered}
        return tagged(Response(self.told(told | {"fault": str(fault or "")})), edition)


def chosen(connection: ConfluenceConnection) -> list[int]:
    return sorted(connection.publishing_spaces.values_list("number", flat=True))


def edition_of(connection: ConfluenceConnection) -> Edition:
    return Edition.of(*chosen(connection))


addresses = [
    path("confluence/spaces/", Spaces.as_view(), name="spaces"),
    path("confluence/connections/<int:pk>/spaces/", Choice.as_view(), name="spaces_choice"),
]
