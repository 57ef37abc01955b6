"""How a cycle ends: retrospectives, reminders of them, closing, and what is carried on."""

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

from okr.api.cycles import CycleShape, still_open
from okr.api.deeds import Deed, done, undone
from okr.api.endpoint import Endpoint
from okr.api.once import once
from okr.api.problems import Problem
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Nothing, Plain
from okr.api.signing_in import person_of
from okr.audit import noted
from okr.forms.cycles import MEANWHILE, NOT_CLOSED
from okr.models import Cycle, Person
from okr.pages.counting import counted


class CycleClosing(Deed):
    about, noun, scopes = "Cycles", "a cycle", FOR_ADMINS
    shape, body = CycleShape, Nothing
    summaries: Mapping[str, str] = {
        "POST": "Close a cycle with every objective in it",
        "DELETE": "Reopen a cycle, and what was closed by nothing but its closing",
    }

    def rows(self, person: Person) -> QuerySet[Cycle]:  # noqa: ARG002
        return Cycle.objects.all()

    def of(self, pk: int) -> Cycle:
        return get_object_or_404(Cycle, pk=pk)

    @once
    def post(self, request: Request, pk: int) -> Response:
        return done(self, request, pk, self._close)

    def delete(self, request: Request, pk: int) -> Response:
        return undone(self, request, pk, _reopen)

    def _close(self, cycle: Cycle) -> None:
        still_open(cycle)
        with noted("cycles.closed", cycle):
            if not cycle.close(by=person_of(self.request), at=timezone.now()):
                raise Problem(HTTPStatus.CONFLICT, MEANWHILE.format(cycle))


class RemindedShape(Plain):
    """How many people were asked; each is asked once a day at most."""

    reminded = serializers.IntegerField()


class CycleReminder(Endpoint):
    about, noun, scopes = "Cycles", "a reminder", FOR_ADMINS
    shape, body = RemindedShape, Nothing
    summaries: Mapping[str, str] = {
        "POST": "Ask whoever owes a retrospective of the cycle to write it"
    }
    answers: Mapping[str, int] = {"POST": HTTPStatus.OK}

    @once
    def post(self, request: Request, pk: int) -> Response:
        self.taken()
        cycle = still_open(get_object_or_404(Cycle, pk=pk))
        with noted("cycles.reminded", cycle, always=True) as note:
            asked = cycle.remind_owners(by=person_of(request), at=timezone.now())
            note.say(people=counted(asked, "person", "people"))
        return Response(self.told({"reminded": asked}))


def _reopen(cycle: Cycle) -> None:
    if cycle.closed_at is None:
        raise Problem(HTTPStatus.CONFLICT, NOT_CLOSED)
    with noted("cycles.reopened", cycle):
        cycle.reopen()


addresses: list[Any] = [
    path("cycles/<int:pk>/closure/", CycleClosing.as_view(), name="cycle_closure"),
    path("cycles/<int:pk>/reminder/", CycleReminder.as_view(), name="cycle_reminder"),
]
