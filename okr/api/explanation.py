"""How an objective stands: what its number is made of, what it is tied to, what may be done."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.endpoint import Endpoint
from okr.api.shapes import Plain, Shape
from okr.api.signing_in import person_of
from okr.api.standing import PERCENT
from okr.models import Confidence, KeyResult, Objective
from okr.pages.calendar import Calendar
from okr.pages.explanation import Contribution
from okr.pages.objective import objective_page


class PartShape(serializers.Serializer):  # type: ignore[type-arg]
    """A key result or an objective that counts; neither where you may not see it: all of those are
    one part. `share` is what it has of all weight, in percent, and `points` is what it brings in;
    both null where it does not count."""

    key_result = serializers.SerializerMethodField()
    objective = serializers.SerializerMethodField()
    title = serializers.CharField(source="name")
    progress = serializers.DecimalField(allow_null=True, **PERCENT)
    weight = serializers.DecimalField(6, 2, allow_null=True)
    share = serializers.DecimalField(allow_null=True, **PERCENT)
    points = serializers.DecimalField(6, 1, allow_null=True)
    origin = serializers.CharField(source="source", allow_blank=True)

    def get_key_result(self, line: Contribution) -> int | None:
        return line.part.pk if isinstance(line.part, KeyResult) else None

    def get_objective(self, line: Contribution) -> int | None:
        return line.part.pk if isinstance(line.part, Objective) else None


class TiedShape(Shape):
    class Meta:
        model = Objective
        fields = ("id", "title", "cycle")


class ObjectiveStandingShape(Plain):
    """As far as you may see: what is `above` begins at the top, `assigned_from` is the key result
    that it moves, and `carried_from` and `carried_on` lead to earlier and later cycles. The points
    of all `parts` make `total`, its progress to a tenth."""

    id = serializers.IntegerField(source="objective.pk")
    progress = serializers.DecimalField(source="objective.progress", allow_null=True, **PERCENT)
    expected = serializers.DecimalField(source="calendar.expected", **PERCENT)
    against_pace = serializers.CharField(help_text="4 points behind pace")
    confidence = serializers.ChoiceField(["", *Confidence.values], help_text="The lowest.")
    parts: Any = PartShape(many=True, source="explanation.contributions")
    total = serializers.DecimalField(6, 1, source="explanation.total", allow_null=True)
    above: Any = TiedShape(many=True, source="kin.above")
    supports: Any = TiedShape(many=True, source="kin.supports")
    supported_by: Any = TiedShape(many=True, source="kin.supported_by")
    assigned_from = serializers.IntegerField(
        source="kin.assigned_from.pk", allow_null=True, default=None
    )
    carried_from: Any = TiedShape(source="ending.carried_from", allow_null=True)
    carried_on: Any = TiedShape(many=True, source="ending.carried_on")
    may_edit = serializers.BooleanField(source="can_edit")
    may_close = serializers.BooleanField(source="ending.can_close")
    may_reopen = serializers.BooleanField(source="ending.can_reopen")
    may_review = serializers.BooleanField(source="ending.can_review")


class Standing(Endpoint):
    about, noun, shape = "Objectives", "an objective", ObjectiveStandingShape
    summaries: Mapping[str, str] = {"GET": "Read how an objective stands, and what makes it"}

    def get(self, request: Request, pk: int) -> Response:
        objective = self.visible(Objective.objects.for_cards(), pk)
        calendar = Calendar.of(objective, timezone.localdate())
        return Response(self.told(objective_page(objective, person_of(request), calendar)))


addresses = [
    path("objectives/<int:pk>/standing/", Standing.as_view(), name="objective_standing"),
]
