"""What the connected account may do in Jira, and why one issue cannot be read."""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfAdmins, may_see
from jira_integration.client import JiraError
from jira_integration.explain import explain_to_asker
from jira_integration.forms.rights import KeyForm
from jira_integration.models import JiraConnection
from jira_integration.rights import BY_PROJECT, EVERYWHERE, Right, RightsPage, Row, read_rights
from jira_integration.unreadable import diagnose
from okr.api.forming import as_typed
from okr.api.problems import Problem, of_form
from okr.api.shapes import Body, Nothing, Plain

NOT_ASKED = "Jira was not asked yet what {} may do."


class RightShape(serializers.Serializer):  # type: ignore[type-arg]
    """`needed_for` says what it is of use for here, `where` in which place of Jira it is given."""

    right = serializers.ChoiceField([each.key for each in EVERYWHERE + BY_PROJECT], source="key")
    name = serializers.CharField()
    needed_for = serializers.CharField()
    where = serializers.CharField()


class PlaceShape(serializers.Serializer):  # type: ignore[type-arg]
    """`chosen` is whether it may be linked here."""

    key = serializers.CharField()
    name = serializers.CharField()
    chosen = serializers.BooleanField()
    rights = serializers.ListField(child=serializers.CharField())


class MissingShape(RightShape):
    projects = serializers.ListField(child=serializers.CharField())


class RightsShape(Plain):
    """As they were read last; `read_at` is null before the first time. What is `missing` in no
    `projects` is missing in all of Jira. Issues of `lost` projects are linked, and the account sees
    these projects no more."""

    read_at = serializers.DateTimeField(allow_null=True)
    sentence = serializers.CharField()
    seen = serializers.IntegerField(help_text="How many projects the account sees.")
    everywhere = serializers.ListField(child=serializers.CharField())
    projects: Any = PlaceShape(many=True)
    missing: Any = MissingShape(many=True)
    lost = serializers.ListField(child=serializers.CharField())


class Rights(OfAdmins):
    about, noun, keyed = "Jira sites", "the rights of the connected account", False
    shape, body, answers = RightsShape, Nothing, {"POST": HTTPStatus.OK}
    summaries = {"POST": "Ask Jira what the connected account may do"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stand(get_object_or_404(JiraConnection, pk=pk))

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        """Where that fails, what was known before stays."""
        connection = get_object_or_404(JiraConnection, pk=pk)
        self.taken()
        try:
            read_rights(connection, timezone.now())
        except JiraError as error:
            raise Problem(HTTPStatus.CONFLICT, explain_to_asker(error).sentence) from None
        return self.stand(connection)

    def stand(self, connection: JiraConnection) -> Response:
        rights = RightsPage.of(connection)
        return Response(self.told(_told(rights) if rights else _not_asked(connection)))


def _not_asked(connection: JiraConnection) -> dict[str, Any]:
    none: dict[str, Any] = {name: [] for name in ("everywhere", "projects", "missing", "lost")}
    sentence = NOT_ASKED.format(connection.account_name)
    return none | {"read_at": None, "sentence": sentence, "seen": 0}


def _told(rights: RightsPage) -> dict[str, Any]:
    return {
        "read_at": rights.reading.at,
        "sentence": rights.sentence,
        "seen": rights.reading.seen,
        "everywhere": _held(rights.everywhere),
        "projects": [_place(row) for row in rights.rows],
        "missing": [_missing(each.right, each.places) for each in rights.missing],
        "lost": rights.lost,
    }


def _place(row: Row) -> dict[str, Any]:
    return {"key": row.key, "name": row.name, "chosen": row.chosen, "rights": _held(row.cells)}


def _held(cells: list[tuple[Right, bool]]) -> list[str]:
    return [right.key for right, held in cells if held]


def _missing(right: Right, places: tuple[str, ...]) -> dict[str, Any]:
    names = ("key", "name", "needed_for", "where")
    return {name: getattr(right, name) for name in names} | {"projects": places}


class ObstacleShape(serializers.Serializer):  # type: ignore[type-arg]
    title = serializers.CharField()
    evidence = serializers.CharField()
    way_out = serializers.CharField()


class DiagnosisShape(Plain):
    """The likeliest of the `causes` comes first. `new_key` is that of an issue that was moved, and
    empty for whoever has no Jira access."""

    issue = serializers.CharField(source="key")
    readable = serializers.BooleanField(source="is_readable")
    sentence = serializers.CharField()
    new_key = serializers.CharField()
    causes: Any = ObstacleShape(many=True)


class IssueBody(Body):
    issue = serializers.CharField(max_length=255, help_text="As PLAT-12.")


class Unreadable(OfAdmins):
    """Asks Jira; nothing is saved."""

    about, keyed = "Jira sites", False
    shape, body, answers = DiagnosisShape, IssueBody, {"POST": HTTPStatus.OK}
    summaries = {"POST": "Find out why an issue cannot be read"}

    def post(self, request: Request, pk: int) -> Response:
        connection = get_object_or_404(JiraConnection, pk=pk)
        form = KeyForm(as_typed({"key": self.taken()["issue"]}))
        if not form.is_valid():
            raise of_form(form, {"key": "issue"})
        try:
            found = diagnose(connection, form.cleaned_data["key"])
        except JiraError as error:
            form.add_error("key", explain_to_asker(error).sentence)
            raise of_form(form, {"key": "issue"}) from None
        about = {name: getattr(found, name) for name in ("key", "is_readable", "sentence")}
        new_key = found.new_key if may_see(request) else ""
        return Response(self.told(about | {"new_key": new_key, "causes": found.causes}))


addresses = [
    path("jira/sites/<int:pk>/rights/", Rights.as_view(), name="rights"),
    path("jira/sites/<int:pk>/unreadable/", Unreadable.as_view(), name="unreadable"),
]
