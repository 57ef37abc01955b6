"""The time before a key result followed Jira: asked for, read, and taken away again."""

from http import HTTPStatus
from typing import Any

from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfPeople
from jira_integration.api.numbers import PERCENT
from jira_integration.models import Reconstruction
from jira_integration.retelling import Retelling
from okr.api.once import once
from okr.api.problems import Problem
from okr.api.shapes import Nothing, Plain
from okr.api.signing_in import person_of
from okr.models import KeyResult

NOTHING = "Nothing is missing: the record begins with the cycle, or it has no links."


class PointShape(serializers.Serializer):  # type: ignore[type-arg]
    at = serializers.DateTimeField()
    progress = serializers.DecimalField(**PERCENT)


class HistoryShape(Plain):
    """`points` hold until the next one, the last until `until`; nothing else follows from them.
    `failure` says why the last try drew nothing."""

    drawn = serializers.BooleanField()
    reading = serializers.BooleanField()
    since = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True)
    sentence = serializers.CharField()
    limits = serializers.ListField(child=serializers.CharField())
    points: Any = PointShape(many=True)
    failure = serializers.CharField()


class History(OfPeople):
    noun, shape, body = "reconstructed history", HistoryShape, Nothing
    answers = {"POST": HTTPStatus.ACCEPTED}
    summaries = {"POST": "Reconstruct the progress since the cycle began, from Jira's history"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stand(self.visible(KeyResult.objects.all(), pk))

    @once
    def post(self, request: Request, pk: int) -> Response:
        key_result, _ = self.linkable(pk)
        self.taken()
        if not Reconstruction.objects.ask(key_result, by=person_of(request)):
            raise Problem(HTTPStatus.CONFLICT, NOTHING)
        return self.stand(key_result, HTTPStatus.ACCEPTED)

    def delete(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        key_result = self.editable(KeyResult.objects.all(), pk)
        Reconstruction.objects.remove(key_result)
        return Response(status=HTTPStatus.NO_CONTENT)

    def stand(self, key_result: KeyResult, status: HTTPStatus = HTTPStatus.OK) -> Response:
        links = list(key_result.jira_links.all())
        told = Retelling.of(key_result, links, timezone.now(), asks=False)
        about = {
            "drawn": told.made is not None,
            "reading": told.is_under_way,
            "since": told.made and told.made.since,
            "until": told.made and told.made.until,
            "sentence": told.drawn,
            "limits": told.limits,
            "points": told.made.told if told.made else [],
            "failure": told.failure,
        }
        return Response(self.told(about), status)


addresses = [path("key-results/<int:pk>/jira/history/", History.as_view(), name="history")]
