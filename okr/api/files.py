"""Lists and histories as files: the rows that the pages give away, for the same reader."""

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from okr.api.asking import AskedOfFile
from okr.api.dashboard import AskedOfDashboard, calendar_of, unit_asked
from okr.api.described import Described
from okr.api.endpoint import Endpoint
from okr.api.filters import AskedOfObjectives
from okr.api.shapes import Plain
from okr.api.signing_in import person_of
from okr.exports import CSV, TYPES, XLSX, Sheet, file_of, taken
from okr.models import Cycle, KeyResult, Unit
from okr.pages.company import in_cycle
from okr.pages.takeaway import history_sheet, my_sheet, objectives_sheet
from okr.pages.takeaway_dashboard import dashboard_sheet
from okr.pages.takeaway_teams import review_sheet, teams_sheet
from okr.pages.units import UnitTree

MEDIA = {CSV: TYPES[CSV].partition(";")[0], XLSX: TYPES[XLSX]}


class OrProblemAsCsv(JSONRenderer):
    """For whoever accepts nothing but the file: a refusal is told as everywhere."""

    media_type = MEDIA[CSV]


class OrProblemAsSpreadsheet(JSONRenderer):
    media_type = MEDIA[XLSX]


class OfSheet(Described):
    def get_override_parameters(self) -> list[Any]:
        return [self.view.asks]

    def get_response_serializers(self) -> Any:
        answers = super().get_response_serializers()
        del answers[200]
        texts = {(200, MEDIA[CSV]): OpenApiTypes.STR, (200, MEDIA[XLSX]): OpenApiTypes.BINARY}
        return {**texts, **answers}


class AskedForSheet(AskedOfFile):
    format = serializers.ChoiceField([CSV, XLSX], required=False, help_text="`csv` unless told.")


class AskedForObjectives(AskedForSheet, AskedOfObjectives):
    """What narrows the list narrows its file; it has no pages, and its cycle is in the address."""

    leaves_out = (*AskedOfFile.leaves_out, "limit", "cursor", "cycle", "parent")


class AskedForDashboard(AskedForSheet, AskedOfDashboard):
    pass


class File(Endpoint):
    about, asks, shape = "Files", AskedForSheet, Plain
    renderer_classes = [JSONRenderer, OrProblemAsCsv, OrProblemAsSpreadsheet]
    schema = OfSheet()

    def file(self, sheet: Sheet) -> HttpResponseBase:
        wanted = self.asked.get("format", CSV)
        return taken(sheet, wanted) if self.request.method == "GET" else file_of(sheet, wanted)


class Objectives(File):
    asks = AskedForObjectives
    summaries: Mapping[str, str] = {"GET": "Take the objectives of a cycle as a file"}

    def get(self, request: Request, cycle: int) -> HttpResponseBase:
        person, found = person_of(request), get_object_or_404(Cycle, pk=cycle)
        rows: Any = self.asks.narrowed(in_cycle(person, found), self.asked)
        return self.file(objectives_sheet(person, found, rows))


class Mine(File):
    summaries: Mapping[str, str] = {"GET": "Take what you own in a cycle as a file"}

    def get(self, request: Request, cycle: int) -> HttpResponseBase:
        return self.file(my_sheet(person_of(request), get_object_or_404(Cycle, pk=cycle)))


class Teams(File):
    summaries: Mapping[str, str] = {"GET": "Take how each unit stands in a cycle as a file"}

    def get(self, request: Request, cycle: int) -> HttpResponseBase:
        return self.file(teams_sheet(person_of(request), calendar_of(cycle)))


class Review(File):
    summaries: Mapping[str, str] = {"GET": "Take the review of a unit's cycle as a file"}

    def get(self, request: Request, cycle: int, unit: int) -> HttpResponseBase:
        reviewed = get_object_or_404(Unit, pk=unit)
        return self.file(review_sheet(reviewed, person_of(request), calendar_of(cycle)))


class Dashboard(File):
    asks = AskedForDashboard
    summaries: Mapping[str, str] = {"GET": "Take the weeks of the dashboard as a file"}

    def get(self, request: Request, cycle: int) -> HttpResponseBase:
        tree, person = UnitTree(), person_of(request)
        unit = unit_asked(tree, self.asked.get("unit"))
        return self.file(dashboard_sheet(tree, unit, person, calendar_of(cycle), timezone.now()))


class History(File):
    summaries: Mapping[str, str] = {"GET": "Take every value and check-in of a key result"}

    def get(self, request: Request, pk: int) -> HttpResponseBase:  # noqa: ARG002
        return self.file(history_sheet(self.visible(KeyResult.objects.all(), pk)))


CYCLE = "cycles/<int:cycle>/"
addresses = [
    path(f"{CYCLE}objectives/file/", Objectives.as_view(), name="objectives_file"),
    path(f"{CYCLE}mine/file/", Mine.as_view(), name="mine_file"),
    path(f"{CYCLE}teams/file/", Teams.as_view(), name="teams_file"),
    path(f"{CYCLE}reviews/<int:unit>/file/", Review.as_view(), name="unit_review_file"),
    path(f"{CYCLE}dashboard/file/", Dashboard.as_view(), name="dashboard_file"),
    path("key-results/<int:pk>/history/file/", History.as_view(), name="history_file"),
]
