"""What of a cycle could be carried into a later one, and carrying it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfRows, Number, narrower
from okr.api.endpoint import Endpoint
from okr.api.once import once
from okr.api.problems import fault
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Plain, Shape
from okr.api.signing_in import person_of
from okr.forms.carrying import NOT_OFFERED, carry_forward
from okr.models import Cycle, Objective
from okr.pages.carrying import targets, unfinished

NOT_LEFT = "Objective {} of this cycle is not there, or is finished."


class CandidateShape(Shape):
    """`is_there` tells that it was carried before; it is not carried twice."""

    progress = serializers.DecimalField(10, 4, allow_null=True)
    is_there = serializers.BooleanField()

    class Meta:
        model = Objective
        fields = ("id", "title", "owner", "level", "unit", "progress", "is_there")


class AskedOfCandidates(AskedOfRows):
    into = narrower(help_text="A later cycle that is open; the next one unless told.")


class Candidates(Endpoint):
    about, noun, lists, scopes = "Cycles", "objectives", True, FOR_ADMINS
    shape, asks = CandidateShape, AskedOfCandidates
    summaries: Mapping[str, str] = {"GET": "List what of a cycle is unfinished"}

    def get(self, request: Request, pk: int) -> Response:
        cycle = get_object_or_404(Cycle, pk=pk)
        into = _chosen(cycle, self.asked.get("into"))
        found: QuerySet[Objective] = Objective.objects.none()
        return self.listed(unfinished(cycle, into, person_of(request)) if into else found)


class CarryingBody(Body):
    into = Number()
    objectives = serializers.ListField(child=Number(), min_length=1, max_length=1_000)


class CarriedShape(Plain):
    """The new objectives; what was there already is not among them."""

    objectives: Any = serializers.ListField(child=serializers.IntegerField())


class Carrying(Endpoint):
    about, noun, scopes = "Cycles", "objectives", FOR_ADMINS
    shape, body = CarriedShape, CarryingBody
    summaries: Mapping[str, str] = {"POST": "Carry unfinished objectives into a later cycle"}

    @once
    def post(self, request: Request, pk: int) -> Response:
        cycle, by, told = get_object_or_404(Cycle, pk=pk), person_of(request), self.taken()
        into = _chosen(cycle, told["into"])
        if into is None:
            raise fault("into", NOT_OFFERED)
        found = unfinished(cycle, into, by).in_bulk(told["objectives"])
        for place, each in enumerate(told["objectives"]):
            if each not in found:
                raise fault(f"objectives.{place}", NOT_LEFT.format(each))
        made = carry_forward(cycle, found.values(), into, by, timezone.now())
        return Response(self.told({"objectives": [each.pk for each in made]}), HTTPStatus.CREATED)


def _chosen(cycle: Cycle, asked: int | None) -> Cycle | None:
    """The next one where nothing is asked; None where that is not offered."""
    offered = targets(cycle)
    if asked is None:
        return offered[0] if offered else None
    return next((each for each in offered if each.pk == asked), None)


addresses = [
    path("cycles/<int:pk>/unfinished/", Candidates.as_view(), name="cycle_unfinished"),
    path("cycles/<int:pk>/carrying/", Carrying.as_view(), name="cycle_carrying"),
]
