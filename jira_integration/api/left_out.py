"""The resolutions of a site whose issues count neither way: read, tried out and changed."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfAdmins, problem_of
from jira_integration.api.percentages import ChangesShape, told_changes
from jira_integration.forms.left_out import LeftOutForm
from jira_integration.models import JiraConnection
from jira_integration.outcomes import Outcomes
from jira_integration.preview import preview_leaving_out
from okr.api.forming import as_typed
from okr.api.shapes import Body, Plain
from okr.api.signing_in import person_of
from okr.api.versions import Edition, require_match, tagged


class ResolutionShape(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.CharField()
    name = serializers.CharField()
    issues = serializers.IntegerField(source="number", help_text="Linked Done issues that have it.")


class LeftOutShape(Plain):
    """`trouble` says why Jira did not tell of all its resolutions."""

    version = serializers.CharField()
    left_out = serializers.ListField(child=serializers.CharField())
    resolutions: Any = ResolutionShape(many=True)
    trouble = serializers.CharField()


class LeftOutBody(Body):
    """All that are left out, by id."""

    left_out = serializers.ListField(child=serializers.CharField(max_length=32), max_length=1_000)


class OfLeftOut(OfAdmins):
    about, noun, body = "Jira sites", "the left-out resolutions", LeftOutBody

    def form(self, connection: JiraConnection) -> LeftOutForm:
        """As Jira knows it now; raises a Problem for a resolution that is none of its."""
        typed = as_typed({"resolutions": self.taken()["left_out"]})
        outcomes = Outcomes.of(connection, timezone.now())
        form = LeftOutForm(typed, connection=connection, outcomes=outcomes)
        if not form.is_valid():
            raise problem_of(form, {"resolutions": "left_out"})
        return form


class LeftOut(OfLeftOut):
    shape, versioned = LeftOutShape, True

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stand(pk)

    def patch(self, request: Request, pk: int) -> Response:
        connection = get_object_or_404(JiraConnection, pk=pk)
        require_match(request, Edition.of(*connection.left_out))
        form = self.form(connection)
        if not form.is_saved:
            form.save(person_of(request))
        return self.stand(pk)

    def stand(self, pk: int) -> Response:
        connection = get_object_or_404(JiraConnection, pk=pk)
        found, edition = Outcomes.of(connection, timezone.now()), Edition.of(*connection.left_out)
        about = {
            "version": edition.version,
            "left_out": connection.left_out,
            "resolutions": found.each,
            "trouble": found.trouble,
        }
        return tagged(Response(self.told(about)), edition)


class Preview(OfLeftOut):
    keyed = False
    shape, answers = ChangesShape, {"POST": 200}
    summaries = {"POST": "Preview what leaving out other resolutions would change"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        connection = get_object_or_404(JiraConnection, pk=pk)
        form = self.form(connection)
        return Response(self.told(told_changes(preview_leaving_out(connection, form.chosen))))


addresses = [
    path("jira/sites/<int:pk>/left-out/", LeftOut.as_view(), name="left_out"),
    path("jira/sites/<int:pk>/left-out/preview/", Preview.as_view(), name="try_left_out"),
]
