"""Key results: listed, read, added to an objective, changed and deleted."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils import timezone
from rest_framework import serializers

from okr.api.amounts import Amount
from okr.api.filters import AskedOfKeyResults
from okr.api.forming import of_milestones
from okr.api.shapes import Body, Shape
from okr.api.signing_in import person_of
from okr.api.written import OneRow, Rows, Written
from okr.forms.key_results import KeyResultForm
from okr.forms.milestones import MOST
from okr.forms.versions import VersionedForm
from okr.models import KeyResult, Kind, Milestone, Objective, Person

NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}


class MilestoneShape(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField()
    title = serializers.CharField()
    due_on = serializers.DateField()
    weight = serializers.DecimalField(6, 2)
    done_at = serializers.DateTimeField(allow_null=True)


class KeyResultShape(Shape):
    """`progress` is in percent, and null before anything is measured; `tracked_by` names the
    integration that moves its number, and is empty where people do."""

    progress = serializers.DecimalField(10, 4, allow_null=True)
    milestones: Any = MilestoneShape(many=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = KeyResult
        fields = (
            *("id", "version", "objective", "title", "kind", "measured_in", "start", "target"),
            *("current", "progress", "confidence", "owner", "weight", "tracked_by"),
            *("milestones", "measured_at", "checked_in_at", "url"),
        )

    def get_url(self, key_result: KeyResult) -> str:
        page = reverse("okr:key_result", args=[key_result.pk])
        url: str = self.context["request"].build_absolute_uri(page)
        return url


class MilestoneBody(Body):
    id = serializers.IntegerField(required=False, min_value=1)
    title = serializers.CharField(max_length=200)
    due_on = serializers.DateField()
    weight = Amount(6, 2, default=Decimal(1), min_value=Decimal(0))


class KeyResultBody(Body):
    """The same fields and rules as the form of the page. What a kind does not need is not asked
    for: `threshold` is for those that must hold, `milestones` for those that are planned."""

    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(Kind.choices, default=Kind.NUMBER)
    measured_in = serializers.CharField(required=False, allow_blank=True, max_length=20)
    start = Amount(required=False, **NUMBER)
    target = Amount(required=False, **NUMBER)
    threshold = Amount(required=False, **NUMBER)
    owner = serializers.IntegerField(required=False, min_value=1)
    weight = Amount(6, 2, default=Decimal(1), min_value=Decimal(0))
    milestones: Any = serializers.ListField(child=MilestoneBody(), required=False, max_length=MOST)


class NewKeyResultBody(KeyResultBody):
    objective = serializers.IntegerField(min_value=1)


class Measured(Written):
    about, noun, route = "Key results", "a key result", "key_result"
    shape, body = KeyResultShape, KeyResultBody

    def rows(self, person: Person) -> QuerySet[KeyResult]:
        return KeyResult.objects.visible_to(person).prefetch_related("milestones")

    def stored(self) -> QuerySet[KeyResult]:
        return KeyResult.objects.select_related("owner", "objective__cycle", "objective__owner")

    def form(self, person: Person, row: Any = None, data: Any = None) -> KeyResultForm:
        return KeyResultForm(data, person=person, instance=row)

    def held(self, form: VersionedForm) -> dict[str, Any]:
        planned = Milestone.objects.filter(key_result=form.instance.pk)
        rows = planned.values("id", "title", "due_on", "weight")
        return super().held(form) | of_milestones(list(rows))

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        rows = values.pop("milestones", None)
        return values if rows is None else values | of_milestones(rows)


class KeyResults(Measured, Rows):
    body, asks = NewKeyResultBody, AskedOfKeyResults

    def begun(self, person: Person, values: dict[str, Any]) -> KeyResult:  # noqa: ARG002
        objective = self.named(Objective.objects.for_cards(), values.pop("objective"), "objective")
        return KeyResult(objective=objective)


class OneKeyResult(Measured, OneRow):
    def remove(self, row: KeyResult) -> None:
        row.remove(by=person_of(self.request), at=timezone.now())


addresses = [
    path("key-results/", KeyResults.as_view(), name="key_results"),
    path("key-results/<int:pk>/", OneKeyResult.as_view(), name="key_result"),
]
