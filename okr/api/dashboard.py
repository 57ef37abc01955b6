"""The dashboard: how the company or a unit stands against the calendar, week by week."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import Asked, narrower
from okr.api.endpoint import Endpoint
from okr.api.shapes import Plain
from okr.api.signing_in import person_of
from okr.api.standing import PERCENT
from okr.heat import WORDS
from okr.models import Cycle, Unit
from okr.pages.calendar import Calendar
from okr.pages.dashboard import Dashboard, dashboard
from okr.pages.heatmap import Cell
from okr.pages.units import UnitTree


class WeekShape(serializers.Serializer):  # type: ignore[type-arg]
    """`ahead` is in whole points, and negative behind the pace; null where nothing was known."""

    week = serializers.IntegerField()
    at = serializers.DateTimeField()
    progress = serializers.DecimalField(allow_null=True, **PERCENT)
    expected = serializers.DecimalField(**PERCENT)
    ahead = serializers.IntegerField(allow_null=True)


class HeatShape(serializers.Serializer):  # type: ignore[type-arg]
    week = serializers.IntegerField(source="week.number")
    ahead = serializers.IntegerField(allow_null=True)
    stands = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(["", *WORDS]))
    def get_stands(self, cell: Cell) -> str:
        return "" if cell.ahead is None else WORDS[cell.step]


class UnitHeatShape(serializers.Serializer):  # type: ignore[type-arg]
    unit = serializers.IntegerField(source="place.unit.pk")
    name = serializers.CharField(source="place.unit.name")
    weeks: Any = HeatShape(many=True, source="cells")


class TalliesShape(serializers.Serializer):  # type: ignore[type-arg]
    on_track = serializers.IntegerField()
    at_risk = serializers.IntegerField()
    off_track = serializers.IntegerField()
    waiting = serializers.IntegerField()
    total = serializers.IntegerField()


class DashboardShape(Plain):
    """`counts` are of the key results that you may see; all else is of what everybody may see, and
    the same for all. `units` are those around and within; `more_units` counts what is left out."""

    cycle = serializers.IntegerField(source="calendar.cycle.pk")
    unit = serializers.IntegerField(source="unit.pk", allow_null=True, default=None)
    name = serializers.CharField()
    progress = serializers.DecimalField(allow_null=True, **PERCENT)
    expected = serializers.DecimalField(source="calendar.expected", **PERCENT)
    against_pace = serializers.CharField()
    counts = serializers.SerializerMethodField()
    weeks: Any = WeekShape(many=True, source="points")
    units: Any = UnitHeatShape(many=True, source="heat")
    more_units = serializers.IntegerField()
    worked_out_at = serializers.DateTimeField()

    @extend_schema_field(TalliesShape)
    def get_counts(self, page: Dashboard) -> dict[str, int]:
        counted = {each.value: each.count for each in page.tallies}
        return counted | {"total": page.tallies[0].total}


class AskedOfDashboard(Asked):
    unit = narrower(help_text="The company unless told.")


class DashboardOfCycle(Endpoint):
    about, noun = "Dashboard", "how the company or a unit stands, week by week"
    shape, asks = DashboardShape, AskedOfDashboard

    def get(self, request: Request, cycle: int) -> Response:
        tree, calendar = UnitTree(), calendar_of(cycle)
        unit = unit_asked(tree, self.asked.get("unit"))
        page = dashboard(tree, unit, person_of(request), calendar, timezone.now())
        return Response(self.told(page))


def calendar_of(cycle: int) -> Calendar:
    return Calendar(get_object_or_404(Cycle, pk=cycle), timezone.localdate())


def unit_asked(tree: UnitTree, pk: int | None) -> Unit | None:
    """None is the company."""
    if pk is not None and pk not in tree.units:
        raise Http404
    return tree.units.get(pk or 0)


addresses = [
    path("cycles/<int:cycle>/dashboard/", DashboardOfCycle.as_view(), name="dashboard"),
]
