"""What may be linked from a site: which projects, and whether as the person who links."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfAdmins, problem_of, refused
from jira_integration.api.percentages import ChangesShape, told_changes
from jira_integration.forms.projects import ALL, CHOSEN, ProjectsForm, offered_by
from jira_integration.models import JiraConnection
from jira_integration.own_rights import OwnRights
from jira_integration.preview import preview_projects
from okr.api.asking import GREATEST
from okr.api.forming import as_typed
from okr.api.shapes import Body, Plain
from okr.api.signing_in import person_of
from okr.api.versions import Edition, require_match, tagged


class ProjectShape(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.IntegerField()
    key = serializers.CharField()
    name = serializers.CharField()


class ProjectsShape(Plain):
    """`projects` are those that are chosen, `offered` those that the account sees. `fault` says why
    Jira could not be asked for them. With `as_person` people link only what they may browse."""

    version = serializers.CharField()
    only_chosen = serializers.BooleanField()
    as_person = serializers.BooleanField()
    projects = serializers.ListField(child=serializers.IntegerField())
    offered: Any = ProjectShape(many=True)
    fault = serializers.CharField()


class ProjectsBody(Body):
    """Projects by Jira's number; they matter where only chosen ones may be linked."""

    only_chosen = serializers.BooleanField(required=False)
    projects = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=GREATEST),
        required=False,
        max_length=2_000,
    )


class ChangedBody(ProjectsBody):
    as_person = serializers.BooleanField(required=False)


class OfProjects(OfAdmins):
    about, noun, body = "Jira sites", "what may be linked", ProjectsBody

    def form(self, connection: JiraConnection, values: dict[str, Any]) -> ProjectsForm:
        """What a body leaves out stays as it is."""
        offered, _ = offered_by(connection)
        only = values.get("only_chosen", connection.only_chosen)
        chosen = values.get("projects", sorted(connection.chosen_projects.ids()))
        typed = as_typed({"which": CHOSEN if only else ALL, "projects": chosen if only else []})
        form = ProjectsForm(typed, connection=connection, offered=offered)
        if not form.is_valid():
            raise problem_of(form, {"which": "only_chosen"})
        return form


class Projects(OfProjects):
    shape, versioned, body = ProjectsShape, True, ChangedBody

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stand(pk)

    def patch(self, request: Request, pk: int) -> Response:
        connection = get_object_or_404(JiraConnection, pk=pk)
        require_match(request, edition_of(connection))
        values = self.taken(partial=True)
        form = self.form(connection, values)
        _turn(connection, values.get("as_person", connection.as_person))
        if not form.is_saved:
            form.keep(by=person_of(request))
        return self.stand(pk)

    def stand(self, pk: int) -> Response:
        connection = get_object_or_404(JiraConnection, pk=pk)
        offered, fault = offered_by(connection)
        edition = edition_of(connection)
        about = {
            "version": edition.version,
            "only_chosen": connection.only_chosen,
            "as_person": connection.as_person,
            "projects": sorted(connection.chosen_projects.ids()),
            "offered": offered,
            "fault": fault,
        }
        return tagged(Response(self.told(about)), edition)


class Preview(OfProjects):
    keyed = False
    shape, answers = ChangesShape, {"POST": 200}
    summaries = {"POST": "Preview what choosing other projects would change"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        connection = get_object_or_404(JiraConnection, pk=pk)
        form = self.form(connection, self.taken(partial=True))
        return Response(self.told(told_changes(preview_projects(connection, form.chosen))))


def edition_of(connection: JiraConnection) -> Edition:
    chosen = sorted(connection.chosen_projects.ids())
    return Edition.of(connection.only_chosen, connection.as_person, chosen)


def _turn(connection: JiraConnection, wanted: bool) -> None:
    if wanted == connection.as_person:
        return
    if refusal := OwnRights.of(connection).turn():
        raise refused("as_person", refusal)


addresses = [
    path("jira/sites/<int:pk>/projects/", Projects.as_view(), name="projects"),
    path("jira/sites/<int:pk>/projects/preview/", Preview.as_view(), name="try_projects"),
]
