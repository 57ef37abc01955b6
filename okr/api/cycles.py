"""Cycles: planned, generated for a year, changed and deleted."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.administered import Administered
from okr.api.asking import AskedOfRows, Narrow
from okr.api.endpoint import Endpoint
from okr.api.forming import as_typed
from okr.api.once import once
from okr.api.problems import Problem, of_form
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Plain, Shape
from okr.api.written import OneRow, Rows
from okr.audit import noted
from okr.forms.cycles import CLOSED, EARLIEST, LATEST, NOT_EMPTY, CycleForm, GenerateForm
from okr.models import Cycle, CycleKind, Person
from okr.models.policy import Month

STATES = ("planned", "running", "closed")


class CycleShape(Shape):
    """It is `running` from its first day until it is closed, also after its last day."""

    state = serializers.SerializerMethodField()

    class Meta:
        model = Cycle
        fields = (
            *("id", "version", "name", "kind", "starts_on", "ends_on", "state"),
            *("closed_at", "closed_by"),
        )

    def get_state(self, cycle: Cycle) -> str:
        return cycle.state(timezone.localdate())


class CycleBody(Body):
    """Two cycles of one kind may not overlap."""

    name = serializers.CharField(max_length=60)
    kind = serializers.ChoiceField(CycleKind.choices, default=CycleKind.CUSTOM)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class AskedOfCycles(AskedOfRows):
    kind = serializers.ChoiceField(CycleKind.choices, required=False)
    state = serializers.ChoiceField(STATES, required=False)

    narrows: ClassVar[Mapping[str, Narrow]] = {
        "kind": "kind",
        "state": lambda rows, state: rows.filter(_in_state(state)),
    }


class OfCycles(Administered):
    about, noun, route = "Cycles", "a cycle", "cycle"
    shape, body = CycleShape, CycleBody

    def rows(self, person: Person) -> QuerySet[Cycle]:  # noqa: ARG002
        return Cycle.objects.all()

    def stored(self) -> QuerySet[Cycle]:
        return Cycle.objects.all()

    def form(self, person: Person, row: Any = None, data: Any = None) -> CycleForm:  # noqa: ARG002
        return CycleForm(data, instance=row)


class Cycles(OfCycles, Rows):
    asks = AskedOfCycles


class OneCycle(OfCycles, OneRow):
    def editable(self, rows: Any, pk: int) -> Cycle:
        return still_open(super().editable(rows, pk))

    def remove(self, row: Cycle) -> None:
        with noted("cycles.deleted", row):
            if not row.remove():
                raise Problem(HTTPStatus.CONFLICT, NOT_EMPTY.format(row))


class GenerationBody(Body):
    """Of the year that begins in `year`."""

    year = serializers.IntegerField(min_value=EARLIEST, max_value=LATEST)
    first_month = serializers.ChoiceField(Month.choices, default=Month.JANUARY)
    quarters = serializers.BooleanField(default=True)
    whole_year = serializers.BooleanField(default=False)


class GeneratedShape(Plain):
    cycles: Any = CycleShape(many=True)


class Generation(Endpoint):
    about, noun, scopes = "Cycles", "cycles", FOR_ADMINS
    shape, body = GeneratedShape, GenerationBody
    summaries: Mapping[str, str] = {
        "POST": "Add the quarters of a year, or the year, as far as they are not there"
    }

    @once
    def post(self, request: Request) -> Response:  # noqa: ARG002
        form = GenerateForm(as_typed(self.taken()))
        if not (form.is_valid() and (made := form.keep())):
            raise of_form(form)
        return Response(self.told({"cycles": made}), HTTPStatus.CREATED)


def still_open(cycle: Cycle) -> Cycle:
    if cycle.closed_at:
        raise Problem(HTTPStatus.CONFLICT, CLOSED)
    return cycle


def _in_state(state: str) -> Q:
    """As `Cycle.state` tells it."""
    to_come = Q(starts_on__gt=timezone.localdate())
    match state:
        case "closed":
            return Q(closed_at__isnull=False)
        case "planned":
            return to_come & Q(closed_at=None)
    return ~to_come & Q(closed_at=None)


addresses = [
    path("cycles/", Cycles.as_view(), name="cycles"),
    path("cycles/generation/", Generation.as_view(), name="cycles_generation"),
    path("cycles/<int:pk>/", OneCycle.as_view(), name="cycle"),
]
