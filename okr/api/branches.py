"""How the objectives of a cycle hang together: the tree of the company, the edges of its map."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import narrower
from okr.api.endpoint import Endpoint
from okr.api.filters import AskedOfObjectives
from okr.api.shapes import Shape
from okr.api.signing_in import person_of
from okr.api.standing import PERCENT
from okr.models import Confidence, Cycle, Objective, Person
from okr.models.objective import ObjectiveQuerySet
from okr.pages.company import with_signs
from okr.pages.kin import TIES, tie

TOP = "Whether nothing that you may see is above it."


class BranchShape(Shape):
    """`parent` and `supports` name only what you may see. `tie` says how it moves its parent:
    through the key result that was assigned on as it, by its weight, or not at all. `confidence` is
    the lowest of its key results, and empty where nobody has judged any; `opens` is whether
    something is below it."""

    parent = serializers.IntegerField(  # type: ignore[assignment]  # a field, not what it is in
        source="parent_seen", allow_null=True
    )
    tie = serializers.SerializerMethodField()
    supports: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    progress = serializers.DecimalField(allow_null=True, **PERCENT)
    confidence = serializers.ChoiceField(["", *Confidence.values])
    key_results = serializers.IntegerField(source="key_result_count")
    opens = serializers.BooleanField()
    closed = serializers.SerializerMethodField()
    tags: Any = serializers.SlugRelatedField("name", many=True, read_only=True)

    class Meta:
        model = Objective
        fields = (
            *("id", "title", "cycle", "level", "unit", "owner", "visibility", "parent", "tie"),
            *("weight", "supports", "progress", "confidence", "key_results", "opens", "closed"),
            "tags",
        )

    @extend_schema_field(serializers.ChoiceField(TIES, allow_null=True))
    def get_tie(self, objective: Any) -> str | None:
        return None if objective.parent_seen is None else tie(objective)

    def get_closed(self, objective: Objective) -> bool:
        return hasattr(objective, "closure")


class AskedOfBranches(AskedOfObjectives):
    cycle = narrower(help_text="The current one unless told.")
    top = serializers.BooleanField(required=False, help_text=TOP)

    narrows = AskedOfObjectives.narrows | {"top": "parent_seen__isnull"}


class Branches(Endpoint):
    about, noun, lists = "Alignment", "an objective", True
    shape, asks = BranchShape, AskedOfBranches
    summaries: Mapping[str, str] = {"GET": "List the objectives of a cycle with what ties them"}

    def get(self, request: Request) -> Response:
        rows = drawn_for(person_of(request))
        if "cycle" not in self.asked:
            rows = rows.filter(cycle=Cycle.objects.current(timezone.localdate()))
        return self.listed(rows)


def drawn_for(person: Person) -> ObjectiveQuerySet:
    seen = Objective.objects.visible_to(person)
    above = seen.filter(pk=OuterRef("parent")).values("pk")
    rows: ObjectiveQuerySet = with_signs(seen, person).annotate(parent_seen=Subquery(above))
    return rows.prefetch_related(Prefetch("supports", seen.order_by("pk")))


addresses = [path("alignment/", Branches.as_view(), name="alignment")]
