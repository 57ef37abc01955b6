"""What moves what: key results assigned on, the weights of an objective's parts, milestones."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.access import NOT_CREATING
from okr.api.amounts import Amount
from okr.api.asking import Number
from okr.api.deeds import Deed, Filled, done, undone
from okr.api.key_results import WITH, KeyResultShape
from okr.api.key_results import told_to as key_results_told_to
from okr.api.objectives import ObjectiveShape, told_to
from okr.api.once import once
from okr.api.problems import FAULTY, Problem
from okr.api.shapes import Body, Nothing
from okr.api.signing_in import person_of
from okr.forms.assignment import AssignForm
from okr.forms.weights import WeightsForm
from okr.models import KeyResult, Objective, Person, take_back
from okr.models.assignment import CANNOT_BE_ASSIGNED
from okr.models.objective import ObjectiveQuerySet

NOT_A_PART = "This is not a part of the objective."
NOUNS = {"key_results": "key_result", "objectives": "objective"}


class AssignmentBody(Body):
    """`title` is that of the objective; the key result's own unless told."""

    owner = Number()
    title = serializers.CharField(required=False, max_length=200)


class WeightsBody(Body):
    """By the number of each part; those that are left out stay."""

    key_results = serializers.DictField(child=Amount(6, 2, min_value=0), required=False)
    objectives = serializers.DictField(child=Amount(6, 2, min_value=0), required=False)


class OfKeyResult(Deed):
    about, noun = "Key results", "a key result"
    shape = KeyResultShape

    def rows(self, person: Person) -> QuerySet[KeyResult]:
        return key_results_told_to(person)

    def of(self, pk: int) -> KeyResult:
        found: KeyResult = self.editable(KeyResult.objects.select_related(*WITH), pk)
        return found


class Assignment(OfKeyResult, Filled):
    body = AssignmentBody
    summaries: Mapping[str, str] = {
        "POST": "Assign a key result to somebody as an objective, which then moves it",
        "DELETE": "Take an assigned key result back",
    }

    def of(self, pk: int) -> KeyResult:
        found = super().of(pk)
        if self.request.method == "DELETE":
            if found.moved_by_objective is None:
                raise Http404
        elif not person_of(self.request).may_create("individual", None):
            self.permission_denied(self.request, NOT_CREATING)
        elif not found.can_be_assigned:
            self.permission_denied(self.request, CANNOT_BE_ASSIGNED)
        return found

    def form(self, person: Person, row: KeyResult, typed: QueryDict) -> AssignForm:
        typed.setdefault("title", row.title)
        return AssignForm(typed, key_result=row, person=person)

    def delete(self, request: Request, pk: int) -> Response:
        by, at = person_of(request), timezone.now()
        return undone(self, request, pk, lambda key_result: take_back(key_result, by=by, at=at))


class Completion(OfKeyResult):
    body = Nothing
    summaries: Mapping[str, str] = {
        "POST": "Say that a milestone is reached",
        "DELETE": "Say that a milestone is open again",
    }

    @once
    def post(self, request: Request, pk: int, milestone: int) -> Response:
        return done(self, request, pk, lambda row: self._tick(row, milestone, reached=True))

    def delete(self, request: Request, pk: int, milestone: int) -> Response:
        return undone(self, request, pk, lambda row: self._tick(row, milestone, reached=False))

    def _tick(self, key_result: KeyResult, milestone: int, *, reached: bool) -> None:
        found = get_object_or_404(key_result.milestones, pk=milestone)
        by, at = person_of(self.request), timezone.now()
        key_result.tick(found.pk, done=reached, by=by, at=at)


class Weights(Filled):
    about, noun = "Objectives", "an objective"
    shape, body = ObjectiveShape, WeightsBody
    summaries: Mapping[str, str] = {"POST": "Weigh the parts of an objective at once"}

    def rows(self, person: Person) -> ObjectiveQuerySet:
        return told_to(person)

    def of(self, pk: int) -> Objective:
        found: Objective = self.editable(Objective.objects.for_cards(), pk)
        return found

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        told = {
            f"{NOUNS[name]}-{pk}": (f"{name}.{pk}", weight)
            for name, weights in values.items()
            for pk, weight in weights.items()
        }
        self.names = {part: way for part, (way, _) in told.items()}
        return {part: weight for part, (_, weight) in told.items()}

    def form(self, person: Person, row: Objective, typed: QueryDict) -> WeightsForm:
        fields = WeightsForm(None, objective=row, person=person).fields
        if unknown := [self.names[part] for part in typed if part not in fields]:
            faults = [{"field": way, "message": NOT_A_PART} for way in unknown]
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, faults)
        for name, field in fields.items():
            typed.setdefault(name, str(field.initial))
        return WeightsForm(typed, objective=row, person=person)


KEY_RESULT = "key-results/<int:pk>/"
MILESTONE = f"{KEY_RESULT}milestones/<int:milestone>/"
addresses = [
    path(f"{KEY_RESULT}assignment/", Assignment.as_view(), name="assignment"),
    path(f"{MILESTONE}completion/", Completion.as_view(), name="completion"),
    path("objectives/<int:pk>/weights/", Weights.as_view(), name="weights"),
]
