"""The review of a unit's cycle: what was reached, what was said on the way, and how it ended."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.endings import ReviewShape
from okr.api.endpoint import Endpoint
from okr.api.objectives import ClosureShape
from okr.api.shapes import Plain, Shape
from okr.api.signing_in import person_of
from okr.models import CheckIn, Cycle, Level, Unit
from okr.pages.calendar import Calendar
from okr.pages.unit_review import MOST_OBJECTIVES, unit_review


class NoteShape(Shape):
    class Meta:
        model = CheckIn
        fields = ("id", "key_result", "by", "at", "confidence", "note")


class ChapterShape(serializers.Serializer):  # type: ignore[type-arg]
    """`confidence` is the lowest of its key results, and empty where none was judged."""

    id = serializers.IntegerField(source="objective.pk")
    title = serializers.CharField(source="objective.title")
    level = serializers.ChoiceField(Level.choices, source="objective.level")
    owner = serializers.IntegerField(source="objective.owner_id")
    progress = serializers.DecimalField(10, 4, source="objective.progress", allow_null=True)
    confidence = serializers.CharField(allow_blank=True)
    closure: Any = ClosureShape(allow_null=True)
    reviews: Any = ReviewShape(many=True)
    notes: Any = NoteShape(many=True)


class UnitReviewShape(Plain):
    """`objectives` are those of the unit, then those of its people; `left_out` counts what is more
    than the review holds."""

    unit = serializers.IntegerField(source="unit.pk")
    cycle = serializers.IntegerField(source="calendar.cycle.pk")
    progress = serializers.DecimalField(10, 4, allow_null=True)
    expected = serializers.DecimalField(10, 4, source="calendar.expected")
    objectives: Any = ChapterShape(
        many=True, source="chapters", help_text=f"At most {MOST_OBJECTIVES}."
    )
    left_out = serializers.IntegerField()


class UnitReview(Endpoint):
    about, noun, shape = "Teams", "the review of a unit's cycle", UnitReviewShape

    def get(self, request: Request, cycle: int, unit: int) -> Response:
        reviewed, found = get_object_or_404(Unit, pk=unit), get_object_or_404(Cycle, pk=cycle)
        calendar = Calendar(found, timezone.localdate())
        review = unit_review(reviewed, person_of(request), calendar, timezone.now())
        return Response(self.told(review))


addresses = [
    path("cycles/<int:cycle>/reviews/<int:unit>/", UnitReview.as_view(), name="unit_review")
]
