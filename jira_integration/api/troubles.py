"""What could not be refreshed, by its cause, and the failed syncs of a week."""

from typing import Any

from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.activity import Trouble, troubles
from jira_integration.api.base import OfAdmins
from jira_integration.failures import failures
from jira_integration.sites import Sites
from okr.api.asking import Asked, narrower
from okr.api.shapes import Plain


class SuffererShape(serializers.Serializer):  # type: ignore[type-arg]
    key_result = serializers.IntegerField()
    title = serializers.CharField()
    sentence = serializers.CharField()


class CauseShape(serializers.Serializer):  # type: ignore[type-arg]
    title = serializers.CharField()
    way_out = serializers.CharField()
    key_results: Any = SuffererShape(many=True)


class FailureShape(serializers.Serializer):  # type: ignore[type-arg]
    """`passed` where the site was read since."""

    site = serializers.CharField()
    sentence = serializers.CharField()
    way_out = serializers.CharField()
    times = serializers.IntegerField()
    last_at = serializers.DateTimeField()
    passed = serializers.BooleanField()


class TroublesShape(Plain):
    not_refreshed: Any = CauseShape(many=True)
    failed_syncs: Any = FailureShape(many=True)


class AskedOfTroubles(Asked):
    site = narrower()


class Troubles(OfAdmins):
    about, shape, asks = "Jira syncs", TroublesShape, AskedOfTroubles
    summaries = {"GET": "Read what could not be refreshed, by cause, with the way out"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        sites = Sites.load(self.asked.get("site"))
        told = {
            "not_refreshed": [_told(each) for each in troubles(sites)],
            "failed_syncs": failures(sites.connections, timezone.now()),
        }
        return Response(self.told(told))


def _told(trouble: Trouble) -> dict[str, Any]:
    rows = [
        {"key_result": each.pk, "title": each.title, "sentence": sentence}
        for each, sentence in trouble.sentences.items()
    ]
    return {
        "title": trouble.cause.title,
        "way_out": trouble.cause.way_out,
        "key_results": rows,
    }


addresses = [path("jira/troubles/", Troubles.as_view(), name="troubles")]
