"""Readings of accounts: asked for, looked at and cancelled."""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from atlassian_accounts import deeds
from atlassian_accounts.activity import RESULTS
from atlassian_accounts.api.base import OfAdmins
from atlassian_accounts.models import (
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    State,
    Trigger,
)
from okr.api.asking import AskedOfRows, narrower
from okr.api.once import once
from okr.api.problems import Problem
from okr.api.shapes import Nothing, Shape
from okr.api.signing_in import person_of

OFF = "Turn on reading Atlassian accounts first."
REFUSED = "Atlassian refused this connection. Connect it again first."


class ReadingShape(Shape):
    """`read` accounts are listed so far, of about as many as were `expected`. `failure` says why it
    failed; what is `left_out` was refused, and the rest was read all the same."""

    organization = serializers.IntegerField(source="connection_id")
    trigger = serializers.ChoiceField(Trigger.choices)
    state = serializers.ChoiceField(State.choices)
    failure = serializers.SerializerMethodField()
    left_out = serializers.SerializerMethodField()

    class Meta:
        model = AccountsRead
        fields = (
            *("id", "organization", "trigger", "state", "stage", "by", "asked_at", "started_at"),
            *("finished_at", "expected", "read", "skipped", "calls", "added", "changed", "gone"),
            *("cancel_asked", "failure", "left_out"),
        )

    def get_failure(self, run: AccountsRead) -> str:
        return str(run.failure.sentence) if run.failure else ""

    def get_left_out(self, run: AccountsRead) -> list[str]:
        return [f"{stage}: {refusal.sentence}" for stage, refusal in run.refusals]


class AskedOfReadings(AskedOfRows):
    organization, by = narrower(), narrower()
    result = serializers.ChoiceField([*RESULTS], required=False)
    trigger = serializers.ChoiceField(Trigger.choices, required=False)

    narrows = {
        "organization": "connection",
        "by": "by",
        "trigger": "trigger",
        "result": lambda rows, result: rows.filter(RESULTS[result][1]),
    }


class OfReadings(OfAdmins):
    noun: str = "a reading of accounts"
    shape: Any = ReadingShape


class Readings(OfReadings):
    lists, asks = True, AskedOfReadings
    summaries = {"GET": "List the readings of Atlassian accounts"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(AccountsRead.objects.all(), newest_first=True)


class OneReading(OfReadings):
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return Response(self.told(get_object_or_404(AccountsRead, pk=pk)))


class Refresh(OfReadings):
    body = Nothing
    summaries = {"POST": "Read the accounts of an organization now"}
    answers = {"POST": HTTPStatus.ACCEPTED}

    @once
    def post(self, request: Request, pk: int) -> Response:
        connection = get_object_or_404(OrganizationConnection, pk=pk)
        self.taken()
        if not AccountsSettings.load().enabled:
            raise Problem(HTTPStatus.CONFLICT, OFF)
        if connection.suspended:
            raise Problem(HTTPStatus.CONFLICT, REFUSED)
        run = deeds.refresh(connection, person_of(request))
        return Response(self.told(run), HTTPStatus.ACCEPTED)


class Cancellation(OfReadings):
    body = Nothing
    summaries = {"POST": "Cancel a reading; one that is under way stops before its next call"}
    answers = {"POST": HTTPStatus.ACCEPTED}

    @once
    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        run = get_object_or_404(AccountsRead.objects.select_related("connection"), pk=pk)
        self.taken()
        deeds.cancel(run)
        run.refresh_from_db()
        return Response(self.told(run), HTTPStatus.ACCEPTED)


addresses = [
    path("atlassian/organizations/<int:pk>/refresh/", Refresh.as_view(), name="refresh"),
    path("atlassian/readings/", Readings.as_view(), name="readings"),
    path("atlassian/readings/<int:pk>/", OneReading.as_view(), name="reading"),
    path("atlassian/readings/<int:pk>/cancellation/", Cancellation.as_view(), name="cancellation"),
]
