"""Readings of the attached pages: asked for, and what came of them."""

from http import HTTPStatus

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from confluence import deeds
from confluence.api.base import OfAdmins
from confluence.models import PagesRead
from okr.api.asking import AskedOfRows
from okr.api.once import once
from okr.api.problems import Problem
from okr.api.shapes import Nothing, Plain, Shape
from okr.api.signing_in import person_of

CANNOT = "Nothing can be read: Confluence is turned off, or its credentials were refused."


class PagesReadShape(Shape):
    """`changed` counts pages that are called otherwise or are back, `lost` those that could no
    longer be read. `by` is null for the schedule."""

    failure = serializers.SerializerMethodField()

    class Meta:
        model = PagesRead
        fields = ("id", "by", "began_at", "ended_at", "pages", "changed", "lost", "failure")

    def get_failure(self, reading: PagesRead) -> str:
        """Why it failed; empty where it did not."""
        return reading.failure.sentence if reading.failure else ""


class Readings(OfAdmins):
    noun, lists = "a reading", True
    shape, asks = PagesReadShape, AskedOfRows
    summaries = {"GET": "List the readings of attached pages"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(PagesRead.objects.all(), newest_first=True)


class ReadingAskedShape(Plain):
    asked = serializers.BooleanField(help_text="It begins in a moment; the list tells of it.")


class ReadNow(OfAdmins):
    shape, body, answers = ReadingAskedShape, Nothing, {"POST": HTTPStatus.ACCEPTED}
    summaries = {"POST": "Read the attached pages now"}

    @once
    def post(self, request: Request) -> Response:
        self.taken()
        if not deeds.read_now(person_of(request)):
            raise Problem(HTTPStatus.CONFLICT, CANNOT)
        return Response(self.told({"asked": True}), HTTPStatus.ACCEPTED)


addresses = [
    path("confluence/readings/", Readings.as_view(), name="readings"),
    path("confluence/read-now/", ReadNow.as_view(), name="read_now"),
]
