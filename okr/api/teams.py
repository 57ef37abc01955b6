"""Teams: how each unit stands in a cycle, and reminding its people of check-ins."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.access import NOT_YOURS_TO_REMIND
from okr.api.asking import Asked, AskedOfRows, narrower
from okr.api.cycle_ends import RemindedShape
from okr.api.endpoint import Endpoint
from okr.api.once import once
from okr.api.shapes import Nothing, Plain
from okr.api.signing_in import person_of
from okr.models import Cycle, Person, Reminder, Unit
from okr.pages.calendar import Calendar
from okr.pages.overdue import may_remind, remindable
from okr.pages.standing import standings_now
from okr.pages.teams import Team, teams
from okr.pages.units import Place, UnitTree

CYCLE = "The current one unless told."


class TeamShape(Plain):
    """A unit with all within it, as far as you may see. `on_track`, `at_risk` and `off_track` count
    key results; `progress` is null before anything is measured."""

    id = serializers.IntegerField(source="unit.pk")
    name = serializers.CharField(source="unit.name")
    slug = serializers.CharField(source="unit.slug")
    parent = serializers.IntegerField(  # type: ignore[assignment]  # a field, not what it is in
        source="unit.parent_id", allow_null=True
    )
    lead = serializers.IntegerField(source="unit.lead_id", allow_null=True)
    people = serializers.IntegerField()
    objectives = serializers.IntegerField()
    on_track = serializers.IntegerField()
    at_risk = serializers.IntegerField()
    off_track = serializers.IntegerField()
    progress = serializers.DecimalField(10, 4, allow_null=True)


class AskedOfTeam(Asked):
    cycle = narrower(help_text=CYCLE)


class AskedOfTeams(AskedOfRows):
    cycle = narrower(help_text=CYCLE)


class OfTeams(Endpoint):
    about, noun, shape = "Teams", "a team", TeamShape

    def cycle(self) -> Cycle | None:
        asked = self.asked.get("cycle")
        if asked is None:
            return Cycle.objects.current(timezone.localdate())
        return Cycle.objects.filter(pk=asked).first()

    def stand(self, units: Sequence[Unit], cycle: Cycle) -> list[Team]:
        calendar = Calendar(cycle, timezone.localdate())
        places = [Place(unit, 0) for unit in units]
        person = person_of(self.request)
        return teams(person, calendar, places, standings_now(UnitTree(), cycle))


class Teams(OfTeams):
    lists, asks = True, AskedOfTeams
    summaries: Mapping[str, str] = {"GET": "List how each unit stands in a cycle"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(Unit.objects.all() if self.cycle() else Unit.objects.none())

    def drawn(self, rows: list[Unit]) -> list[Team]:
        cycle = self.cycle()
        return self.stand(rows, cycle) if cycle else []


class OneTeam(OfTeams):
    asks = AskedOfTeam
    summaries: Mapping[str, str] = {"GET": "Read how a unit stands in a cycle"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        unit = get_object_or_404(Unit, pk=pk)
        cycle = self.cycle() or get_object_or_404(Cycle, pk=self.asked.get("cycle"))
        return Response(self.told(self.stand([unit], cycle)[0]))


class TeamReminder(Endpoint):
    about, noun = "Teams", "a reminder"
    shape, body = RemindedShape, Nothing
    summaries: Mapping[str, str] = {"POST": "Remind people of a unit whose check-ins are due"}
    answers: Mapping[str, int] = {"POST": HTTPStatus.OK}

    @once
    def post(self, request: Request, pk: int) -> Response:
        unit, by, now = get_object_or_404(Unit, pk=pk), person_of(request), timezone.now()
        if not may_remind(unit, by):
            raise PermissionDenied(NOT_YOURS_TO_REMIND)
        self.taken()
        people: list[Person] = remindable(unit, by, now)
        return Response(self.told({"reminded": Reminder.objects.remind(people, by=by, at=now)}))


addresses: list[Any] = [
    path("teams/", Teams.as_view(), name="teams"),
    path("teams/<int:pk>/", OneTeam.as_view(), name="team"),
    path("teams/<int:pk>/reminder/", TeamReminder.as_view(), name="team_reminder"),
]
