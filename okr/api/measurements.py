"""What moved a key result: every value that stands, when, by whom or what, and why."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfRows, Narrow
from okr.api.endpoint import Endpoint
from okr.api.shapes import Shape
from okr.models import KeyResult, Measurement
from okr.pages.key_result import reasons_of


class MeasurementShape(Shape):
    """`source` names what it was read from, and is empty where `by` entered it, `check_in` with a
    judgement. `progress` is in percent, as it was then; `reason` says what moved it, and is empty
    where that is not known."""

    check_in = serializers.IntegerField(source="check_in.pk", allow_null=True, default=None)
    reason = serializers.CharField(allow_blank=True)

    class Meta:
        model = Measurement
        fields = (
            *("id", "key_result", "at", "value", "progress", "source", "by", "check_in"),
            "reason",
        )


class AskedOfMeasurements(AskedOfRows):
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    narrows: ClassVar[Mapping[str, Narrow]] = {"since": "at__gte", "until": "at__lte"}


class Measurements(Endpoint):
    about, noun, lists = "Key results", "a measurement", True
    shape, asks = MeasurementShape, AskedOfMeasurements
    summaries: Mapping[str, str] = {"GET": "List the values of a key result, and why they moved"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        self.key_result: KeyResult = self.visible(KeyResult.objects.all(), pk)
        return self.listed(self.key_result.measurements.standing().select_related("check_in"))

    def drawn(self, rows: Sequence[Any]) -> Sequence[Any]:
        """A reason follows from what was before, so the whole history is asked."""
        known = reasons_of(self.key_result.history)
        for row in rows:
            row.reason = known[row.pk].words if row.pk in known else ""
        return rows


addresses = [
    path("key-results/<int:pk>/measurements/", Measurements.as_view(), name="measurements"),
]
