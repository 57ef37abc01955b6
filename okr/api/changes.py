"""Who changed what of an objective or a key result, in the sentences of their pages."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfRows, Narrow, narrower
from okr.api.endpoint import Endpoint
from okr.api.shapes import Shape
from okr.api.signing_in import person_of
from okr.models import Change, KeyResult, Objective
from okr.pages.changes import names_in, sentence

UNTOLD = ("description",)
"""Of these it is said that they changed, and not from what to what."""


class NotedChangeShape(Shape):
    """`sentence` stands after the name of whoever did it. `key_result` is null where the objective
    itself changed; `before_objective` and `after_objective` name only what you may see."""

    sentence = serializers.CharField()
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()
    before_objective = serializers.SerializerMethodField()
    after_objective = serializers.SerializerMethodField()

    class Meta:
        model = Change
        fields = (
            *("id", "objective", "key_result", "by", "at", "field", "sentence", "before", "after"),
            *("before_objective", "after_objective"),
        )

    def get_before(self, change: Change) -> str:
        return "" if change.field in UNTOLD else change.before

    def get_after(self, change: Change) -> str:
        return "" if change.field in UNTOLD else change.after

    def get_before_objective(self, change: Any) -> int | None:
        return _seen(change.before_objective_id, change.names)

    def get_after_objective(self, change: Any) -> int | None:
        return _seen(change.after_objective_id, change.names)


class AskedOfChanges(AskedOfRows):
    by = narrower()
    field = serializers.CharField(required=False)
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    narrows: ClassVar[Mapping[str, Narrow]] = {
        "by": "by", "field": "field", "since": "at__gte", "until": "at__lte",
    }  # fmt: skip


class Changes(Endpoint):
    noun, lists = "a change", True
    shape, asks = NotedChangeShape, AskedOfChanges
    of: QuerySet[Any]

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.listed(self.visible(self.of.all(), pk).changes.all(), newest_first=True)

    def drawn(self, rows: Sequence[Any]) -> Sequence[Any]:
        names = names_in(rows, person_of(self.request))
        for row in rows:
            row.names, row.sentence = names, sentence(row, names)
        return rows


class OfObjective(Changes):
    about, of = "Objectives", Objective.objects.all()
    summaries: Mapping[str, str] = {
        "GET": "List who changed what of an objective and its key results, the newest first"
    }


class OfKeyResult(Changes):
    about, of = "Key results", KeyResult.objects.all()
    summaries: Mapping[str, str] = {
        "GET": "List who changed what of a key result, the newest first"
    }


def _seen(pk: int | None, names: Mapping[int, str]) -> int | None:
    return pk if pk in names else None


addresses = [
    path("objectives/<int:pk>/changes/", OfObjective.as_view(), name="objective_changes"),
    path("key-results/<int:pk>/changes/", OfKeyResult.as_view(), name="key_result_changes"),
]
