"""How a key result stands: its number against the pace, where it comes from, and how old it is."""

from collections.abc import Mapping
from typing import Any, get_args

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.ages import State, state
from okr.api.endpoint import Endpoint
from okr.api.key_results import WITH
from okr.api.shapes import Plain
from okr.api.signing_in import person_of
from okr.models import Confidence, KeyResult
from okr.pages import words
from okr.pages.calendar import Calendar
from okr.pages.key_result import due_in
from okr.pages.rows import Row, row_of

PERCENT: dict[str, Any] = {"max_digits": 10, "decimal_places": 4}
MOVED_BY = (*WITH, "objective__closure", "assigned_objective")


class StandingRowShape(Plain):
    id = serializers.IntegerField(source="key_result.pk")
    objective = serializers.IntegerField(source="key_result.objective_id")
    title = serializers.CharField(source="key_result.title")
    owner = serializers.IntegerField(source="key_result.owner_id")
    progress = serializers.DecimalField(source="key_result.progress", allow_null=True, **PERCENT)
    expected = serializers.DecimalField(help_text="By today, in percent.", **PERCENT)
    against_pace = serializers.CharField(help_text="4 points behind pace")
    confidence = serializers.ChoiceField(
        ["", *Confidence.values], source="key_result.confidence", help_text="Empty: not judged."
    )
    origin = serializers.CharField(source="source_name", help_text="Where its number comes from.")
    read_at = serializers.DateTimeField(allow_null=True)
    age = serializers.SerializerMethodField(help_text="Whether that is long ago; null: no value.")
    note = serializers.CharField(source="source.note", default="", allow_blank=True)
    weeks = serializers.ListField(
        child=serializers.DecimalField(**PERCENT),
        help_text="Its progress at the end of each of the last weeks.",
    )
    waiting = serializers.SerializerMethodField(
        help_text="Whether nobody has judged it for a week though it is on its way."
    )

    @extend_schema_field(serializers.ChoiceField([*get_args(State)], allow_null=True))
    def get_age(self, row: Row) -> State | None:
        if row.read_at is None:
            return "stale" if row.source else None
        return state(row.read_at, timezone.now(), row.stale_after)

    def get_waiting(self, row: Row) -> bool:
        return row.is_waiting(timezone.now())


class DueByShape(serializers.Serializer):  # type: ignore[type-arg]
    at = serializers.DateTimeField()
    progress = serializers.DecimalField(**PERCENT)


class KeyResultStandingShape(StandingRowShape):
    """`sentence` says how the number follows from what people entered, and is empty where something
    else moves it. `due` is what is expected from when on, and empty for an even climb."""

    sentence = serializers.SerializerMethodField()
    due = serializers.SerializerMethodField()

    def get_sentence(self, row: Row) -> str:
        return "" if row.key_result.is_fed else words.by_hand(row.key_result)

    @extend_schema_field(DueByShape(many=True))
    def get_due(self, row: Row) -> Any:
        due = due_in(row.key_result, row.calendar.cycle)
        return DueByShape([{"at": at, "progress": share} for at, share in due], many=True).data


class Standing(Endpoint):
    about, noun, shape = "Key results", "a key result", KeyResultStandingShape
    summaries: Mapping[str, str] = {"GET": "Read how a key result stands, and why"}

    def get(self, request: Request, pk: int) -> Response:
        key_result = self.visible(KeyResult.objects.select_related(*MOVED_BY), pk)
        calendar = Calendar.of(key_result.objective, timezone.localdate())
        row = row_of(key_result, person_of(request), calendar, key_result.history)
        return Response(self.told(row))


addresses = [
    path("key-results/<int:pk>/standing/", Standing.as_view(), name="key_result_standing"),
]
