"""The words for the objectives of a cycle, many at once, before it is closed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.amounts import Amount
from okr.api.asking import AskedOfRows, Number
from okr.api.cycles import still_open
from okr.api.endpoint import Endpoint
from okr.api.forming import as_typed
from okr.api.once import once
from okr.api.problems import FAULTY, Problem, fault
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Plain, Shape
from okr.api.signing_in import person_of
from okr.forms.closing import EVERY_ROW, ClosingForm, keep_retrospectives
from okr.models import Cycle, Objective, Outcome
from okr.models.closure import MOST_LETTERS
from okr.pages.closing import unsaid_in

NOT_WAITING = "Objective {} does not wait for a retrospective in this cycle."


class UnsaidShape(Shape):
    progress = serializers.DecimalField(10, 4, allow_null=True)

    class Meta:
        model = Objective
        fields = ("id", "title", "owner", "level", "unit", "progress")


class Unsaid(Endpoint):
    about, noun, lists, scopes = "Cycles", "objectives", True, FOR_ADMINS
    shape, asks = UnsaidShape, AskedOfRows
    summaries: Mapping[str, str] = {"GET": "List what still waits for a retrospective"}

    def get(self, request: Request, pk: int) -> Response:
        return self.listed(unsaid_in(get_object_or_404(Cycle, pk=pk), person_of(request)))


class RetrospectiveBody(Body):
    objective = Number()
    score = Amount(2, 1, min_value=0, max_value=1)
    retrospective = serializers.CharField(max_length=MOST_LETTERS)
    outcome = serializers.ChoiceField(Outcome.choices)


class RetrospectivesBody(Body):
    retrospectives: Any = serializers.ListField(
        child=RetrospectiveBody(), min_length=1, max_length=200
    )


class SaidShape(Plain):
    """The objectives that are closed with their words."""

    objectives: Any = serializers.ListField(child=serializers.IntegerField())


class Retrospectives(Endpoint):
    about, noun, scopes = "Cycles", "retrospectives", FOR_ADMINS
    shape, body = SaidShape, RetrospectivesBody
    summaries: Mapping[str, str] = {"POST": "Close objectives of a cycle, each with its words"}

    @once
    def post(self, request: Request, pk: int) -> Response:
        cycle, by = still_open(get_object_or_404(Cycle, pk=pk)), person_of(request)
        told = self.taken()["retrospectives"]
        waiting = unsaid_in(cycle, by).in_bulk([each["objective"] for each in told])
        for place, each in enumerate(told):
            if each["objective"] not in waiting:
                sentence = NOT_WAITING.format(each["objective"])
                raise fault(f"retrospectives.{place}.objective", sentence)
        form = ClosingForm(waiting.values(), as_typed(_as_rows(told)))
        if form.is_faulty:
            raise _refused(form, [each["objective"] for each in told])
        saved = keep_retrospectives(form, cycle, by, timezone.now())
        return Response(self.told({"objectives": [each.pk for each in saved]}), HTTPStatus.CREATED)


def _as_rows(told: list[dict[str, Any]]) -> dict[str, Any]:
    sent: dict[str, Any] = {"save": EVERY_ROW}
    for each in told:
        row = f"o{each['objective']}"
        sent |= {f"{row}-{name}": each[name] for name in ("score", "retrospective", "outcome")}
    return sent


def _refused(form: ClosingForm, order: list[int]) -> Problem:
    faults = [
        {
            "field": f"retrospectives.{order.index(row.objective.pk)}.{name}",
            "message": str(message),
        }
        for row in form.rows
        for name, messages in row.errors.items()
        for message in messages
    ]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, faults)


addresses = [
    path("cycles/<int:pk>/unsaid/", Unsaid.as_view(), name="cycle_unsaid"),
    path("cycles/<int:pk>/retrospectives/", Retrospectives.as_view(), name="cycle_retrospectives"),
]
