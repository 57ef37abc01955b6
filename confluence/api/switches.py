"""What Confluence is used for: each use has a switch of its own, off until somebody decides."""

from http import HTTPStatus

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from confluence import deeds
from confluence.api.base import OfAdmins
from confluence.models import ConfluenceConnection, ConfluenceSettings
from confluence.writing import what_is_missing
from okr.api.problems import Problem, fault
from okr.api.shapes import Body, Plain
from okr.api.versions import Edition, require_match, tagged

NOT_CONNECTED = "Connect Confluence first."


class ConfluenceSwitchesShape(Plain):
    """`enabled` lets people attach pages as evidence. To turn `publishing` on, a token with scopes
    needs the one that writes pages."""

    version = serializers.CharField()
    enabled = serializers.BooleanField()
    publishing = serializers.BooleanField()


class ConfluenceSwitchesBody(Body):
    enabled = serializers.BooleanField(required=False)
    publishing = serializers.BooleanField(required=False)


class Switches(OfAdmins):
    noun, versioned = "what Confluence is used for", True
    shape, body = ConfluenceSwitchesShape, ConfluenceSwitchesBody

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.stand()

    def patch(self, request: Request) -> Response:
        """What is attached or published stays."""
        settings = ConfluenceSettings.load()
        require_match(request, edition_of(settings))
        wanted = self.taken(partial=True)
        turned = {name: on for name, on in wanted.items() if on != getattr(settings, name)}
        connection = ConfluenceConnection.objects.first()
        if turned and connection is None:
            raise Problem(HTTPStatus.CONFLICT, NOT_CONNECTED)
        if connection and turned.get("publishing") and (missing := what_is_missing(connection)):
            raise fault("publishing", missing.sentence)
        for name, on in turned.items():
            deeds.switch(name, on=on)
        return self.stand()

    def stand(self) -> Response:
        settings = ConfluenceSettings.load()
        edition = edition_of(settings)
        on = {name: getattr(settings, name) for name in deeds.SWITCHES}
        return tagged(Response(self.told({"version": edition.version, **on})), edition)


def edition_of(settings: ConfluenceSettings) -> Edition:
    return Edition.of(*(getattr(settings, name) for name in deeds.SWITCHES))


addresses = [path("confluence/switches/", Switches.as_view(), name="switches")]
