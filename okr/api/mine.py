"""My OKRs: what whoever asks owns in a cycle, and where it needs them."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.dashboard import calendar_of
from okr.api.endpoint import Endpoint
from okr.api.shapes import Plain
from okr.api.signing_in import person_of
from okr.api.standing import PERCENT, StandingRowShape
from okr.models import Confidence
from okr.pages.my import my_page


class CardShape(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField(source="objective.pk")
    title = serializers.CharField(source="objective.title")
    owner = serializers.IntegerField(source="objective.owner_id")
    progress = serializers.DecimalField(source="objective.progress", allow_null=True, **PERCENT)
    confidence = serializers.ChoiceField(["", *Confidence.values], help_text="The lowest.")
    key_results: Any = StandingRowShape(many=True, source="rows")


class MineShape(Plain):
    """`objectives` are your own with all their key results, `elsewhere` those of others in which
    key results are yours, with these only. The counts are of key results; `waiting` for you to
    judge, and `due` says by when."""

    cycle = serializers.IntegerField(source="calendar.cycle.pk")
    progress = serializers.DecimalField(source="summary.progress", allow_null=True, **PERCENT)
    expected = serializers.DecimalField(source="calendar.expected", **PERCENT)
    against_pace = serializers.CharField(source="summary.against_pace")
    on_track = serializers.IntegerField(source="summary.on_track")
    at_risk = serializers.IntegerField(source="summary.at_risk")
    off_track = serializers.IntegerField(source="summary.off_track")
    waiting = serializers.IntegerField(source="summary.waiting")
    total = serializers.IntegerField(source="summary.total")
    due = serializers.CharField(allow_blank=True)
    objectives: Any = CardShape(many=True, source="own")
    elsewhere: Any = CardShape(many=True)


class Mine(Endpoint):
    about, noun, shape = "You", "your OKRs", MineShape
    summaries: Mapping[str, str] = {"GET": "Read what you own in a cycle, and how it stands"}

    def get(self, request: Request, cycle: int) -> Response:
        page = my_page(person_of(request), calendar_of(cycle), timezone.now())
        return Response(self.told(page))


addresses = [path("cycles/<int:cycle>/mine/", Mine.as_view(), name="mine")]
