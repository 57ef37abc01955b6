"""Objectives: listed, read, written, changed and deleted."""

from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import path, reverse
from rest_framework import serializers

from okr.access import NOT_CREATING, with_rights
from okr.api.amounts import Amount
from okr.api.filters import AskedOfObjectives
from okr.api.shapes import Body, Shape
from okr.api.written import OneRow, Rows, Written
from okr.audit import noted_of_others
from okr.forms.objectives import ObjectiveForm
from okr.models import Closure, Level, Objective, Person, Visibility
from okr.models.objective import ObjectiveQuerySet


class ClosureShape(serializers.ModelSerializer):  # type: ignore[type-arg]
    """`retrospective` is empty where it was closed along with something else."""

    class Meta:
        model = Closure
        fields = ("by", "at", "score", "retrospective", "outcome")


class ObjectiveShape(Shape):
    """`parent` and `supports` name only what whoever asks may see, and `viewers` are told to those
    who may change them; null otherwise. `progress` is in percent, and null before anything is
    measured; `closure` is null while it is open."""

    parent = serializers.IntegerField(  # type: ignore[assignment]  # a field, not what it is in
        source="parent_seen", allow_null=True
    )
    progress = serializers.DecimalField(10, 4, allow_null=True)
    supports: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    viewers = serializers.SerializerMethodField()
    tags: Any = serializers.SlugRelatedField("name", many=True, read_only=True)
    closure: Any = ClosureShape(allow_null=True, default=None)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Objective
        fields = (
            *("id", "version", "title", "description", "cycle", "level", "unit", "owner"),
            *("parent", "supports", "weight", "visibility", "viewers", "approval", "progress"),
            *("tags", "closure", "created_at", "url"),
        )

    def get_viewers(self, objective: Objective) -> list[int] | None:
        known = objective.may_be_edited  # type: ignore[attr-defined]  # asked for by `told_to`
        return [each.pk for each in objective.viewers.all()] if known else None

    def get_url(self, objective: Objective) -> str:
        page = reverse("okr:objective", args=[objective.pk])
        url: str = self.context["request"].build_absolute_uri(page)
        return url


class ObjectiveBody(Body):
    """The same fields and rules as the form of the page."""

    title = serializers.CharField(max_length=200)
    description = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    cycle = serializers.IntegerField(min_value=1)
    level = serializers.ChoiceField(Level.choices, default=Level.INDIVIDUAL)
    unit = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    owner = serializers.IntegerField(required=False, min_value=1)
    parent = serializers.IntegerField(  # type: ignore[assignment]  # a field, not what it is in
        required=False, allow_null=True, min_value=1
    )
    weight = Amount(6, 2, default=Decimal(1), min_value=Decimal(0))
    supports = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False)
    visibility = serializers.ChoiceField(Visibility.choices, default=Visibility.PUBLIC)
    viewers = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False)


def told_to(person: Person) -> ObjectiveQuerySet:
    """What the shape tells of the objectives that this person sees."""
    seen = Objective.objects.visible_to(person)
    above = seen.filter(pk=OuterRef("parent")).values("pk")
    rows: Any = with_rights(seen, person).annotate(parent_seen=Subquery(above))
    helped = Prefetch("supports", seen.order_by("pk"))
    named: ObjectiveQuerySet = rows.select_related("closure").prefetch_related(
        "tags", "viewers", helped
    )
    return named


class Kind(Written):
    about, noun, route = "Objectives", "an objective", "objective"
    shape, body = ObjectiveShape, ObjectiveBody

    def rows(self, person: Person) -> ObjectiveQuerySet:
        return told_to(person)

    def stored(self) -> ObjectiveQuerySet:
        return Objective.objects.for_cards()

    def form(self, person: Person, row: Any = None, data: Any = None) -> ObjectiveForm:
        return ObjectiveForm(data, person=person, instance=row)

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        tags = {"tags": ", ".join(values["tags"])} if "tags" in values else {}
        return values | tags


class Objectives(Kind, Rows):
    asks = AskedOfObjectives

    def begun(self, person: Person, values: dict[str, Any]) -> None:  # noqa: ARG002
        if not person.may_create_any:
            self.permission_denied(self.request, NOT_CREATING)


class OneObjective(Kind, OneRow):
    def remove(self, row: Objective) -> None:
        with noted_of_others("contents.objective_deleted", row, row.owner):
            row.remove()


addresses = [
    path("objectives/", Objectives.as_view(), name="objectives"),
    path("objectives/<int:pk>/", OneObjective.as_view(), name="objective"),
]
