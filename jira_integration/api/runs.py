"""Readings of Jira: asked for, looked at and cancelled."""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration import deeds
from jira_integration.activity import RESULTS
from jira_integration.api.base import OfAdmins, refused
from jira_integration.api.proposing import NO_SITE
from jira_integration.models import JiraConnection, State, SyncRun, Trigger
from jira_integration.sites import Sites
from okr.api.asking import AskedOfRows, Number, narrower
from okr.api.once import once
from okr.api.problems import Problem
from okr.api.shapes import Body, Nothing, Plain, Shape
from okr.api.signing_in import person_of


class RunShape(Shape):
    """`read` of `planned` issues are read so far; `changed` is how many key results moved, and
    `untold` how many changes no event had told."""

    site = serializers.IntegerField(source="connection_id")
    trigger = serializers.ChoiceField(Trigger.choices)
    state = serializers.ChoiceField(State.choices)
    failure = serializers.SerializerMethodField()

    class Meta:
        model = SyncRun
        fields = (
            *("id", "site", "key_result", "trigger", "state", "by", "asked_at", "not_before"),
            *("started_at", "finished_at", "planned", "read", "calls", "changed", "untold"),
            *("cancel_asked", "failure"),
        )

    def get_failure(self, run: SyncRun) -> str:
        """Why it failed; empty where it did not."""
        return str(run.failure or "")


class AskedOfRuns(AskedOfRows):
    site, key_result, by = narrower(), narrower(), narrower()
    result = serializers.ChoiceField([*RESULTS], required=False)
    trigger = serializers.ChoiceField(Trigger.choices, required=False)

    narrows = {
        "site": "connection",
        "key_result": "key_result",
        "by": "by",
        "trigger": "trigger",
        "result": lambda rows, result: rows.filter(RESULTS[result][1]),
    }


class Runs(OfAdmins):
    about, noun, lists = "Jira syncs", "a sync", True
    shape, asks = RunShape, AskedOfRuns

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(SyncRun.objects.all(), newest_first=True)


class OneRun(OfAdmins):
    about, noun, shape = "Jira syncs", "a sync", RunShape

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return Response(self.told(get_object_or_404(SyncRun, pk=pk)))


class Cancellation(OfAdmins):
    about, noun, shape, body = "Jira syncs", "a sync", RunShape, Nothing
    summaries = {"POST": "Cancel a sync; one that is under way stops before its next call"}
    answers = {"POST": HTTPStatus.ACCEPTED}

    @once
    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        run = get_object_or_404(SyncRun.objects.select_related("connection"), pk=pk)
        self.taken()
        deeds.cancel(run)
        run.refresh_from_db()
        return Response(self.told(run), HTTPStatus.ACCEPTED)


class SyncBody(Body):
    """Without a `site` all of them."""

    site = Number(required=False)


class SyncedShape(Plain):
    runs: Any = RunShape(many=True)


class SyncNow(OfAdmins):
    about, shape, body = "Jira syncs", SyncedShape, SyncBody
    summaries = {"POST": "Read Jira now"}
    answers = {"POST": HTTPStatus.ACCEPTED}

    @once
    def post(self, request: Request) -> Response:
        named = self.taken().get("site")
        if named and not JiraConnection.objects.filter(pk=named).exists():
            raise refused("site", NO_SITE)
        sites = Sites.load(named)
        if sites.cannot_sync:
            raise Problem(HTTPStatus.CONFLICT, sites.cannot_sync)
        runs = deeds.sync_now(sites.to_sync, by=person_of(request))
        return Response(self.told({"runs": runs}), HTTPStatus.ACCEPTED)


addresses = [
    path("jira/sync/", SyncNow.as_view(), name="sync_now"),
    path("jira/runs/", Runs.as_view(), name="runs"),
    path("jira/runs/<int:pk>/", OneRun.as_view(), name="run"),
    path("jira/runs/<int:pk>/cancellation/", Cancellation.as_view(), name="cancellation"),
]
