"""The second credentials of a site: put in place, used before their time, taken away."""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration import deeds
from jira_integration.api.base import OfAdmins, problem_of, refused
from jira_integration.forms.successor import SuccessorForm
from jira_integration.models import Cause, JiraConnection, Successor
from jira_integration.succession_card import Succession
from okr.api.confirmed import KEEPING
from okr.api.forming import as_typed
from okr.api.problems import Problem
from okr.api.shapes import Body, Nothing, Plain
from okr.api.signing_in import person_of

NONE_WAITS = "No successor waits for this site."


class WaitingShape(serializers.Serializer):  # type: ignore[type-arg]
    email = serializers.CharField()
    account_name = serializers.CharField()
    ends_on = serializers.DateField(allow_null=True)
    takes_over_on = serializers.DateField(allow_null=True)
    put_at = serializers.DateTimeField()
    put_by = serializers.IntegerField(source="put_by_id", allow_null=True)


class ChangedShape(serializers.Serializer):  # type: ignore[type-arg]
    at = serializers.DateTimeField()
    cause = serializers.ChoiceField(Cause.choices)
    by = serializers.IntegerField(source="by_id", allow_null=True)
    account_name = serializers.CharField()


class SuccessionShape(Plain):
    """`waiting` is null where there is no successor. `changes` tell who gave which credentials,
    the latest first. No token is told."""

    in_use = serializers.CharField(source="connection.account_name")
    waiting = WaitingShape(source="successor", allow_null=True)
    changes: Any = ChangedShape(many=True)


class SuccessorBody(Body):
    """It is tried at once. Without `takes_over_on` it is used once Jira refuses the present one."""

    email = serializers.CharField(max_length=254)
    token = serializers.CharField(max_length=2_000, write_only=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    takes_over_on = serializers.DateField(required=False, allow_null=True)


class OfSuccession(OfAdmins):
    about, noun, shape, keyed = "Jira sites", "the successor of a token", SuccessionShape, False

    def stand(self, pk: int) -> Response:
        return Response(self.told(Succession.load(JiraConnection.objects.get(pk=pk))))

    def waiting(self, pk: int) -> Successor:
        found = Successor.objects.of(get_object_or_404(JiraConnection, pk=pk))
        if found is None:
            raise Problem(HTTPStatus.CONFLICT, NONE_WAITS)
        return found


class SuccessorOf(OfSuccession):
    body, answers = SuccessorBody, {"POST": HTTPStatus.OK, "DELETE": HTTPStatus.OK}
    sensitive = KEEPING
    summaries = {"POST": "Put a successor of the token in place"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        get_object_or_404(JiraConnection, pk=pk)
        return self.stand(pk)

    def post(self, request: Request, pk: int) -> Response:
        connection = get_object_or_404(JiraConnection, pk=pk)
        form = SuccessorForm(as_typed(self.taken()), connection=connection)
        if not (form.is_valid() and form.connects()):
            raise problem_of(form)
        deeds.put(form, person_of(request))
        return self.stand(pk)

    def delete(self, request: Request, pk: int) -> Response:
        deeds.take_away(self.waiting(pk), by=person_of(request))
        return self.stand(pk)


class Use(OfSuccession):
    body, answers = Nothing, {"POST": HTTPStatus.OK}
    summaries = {"POST": "Use the successor now, once Jira has accepted it again"}

    def post(self, request: Request, pk: int) -> Response:
        successor = self.waiting(pk)
        self.taken()
        if refusal := deeds.refusal_of(successor):
            raise refused("", refusal)
        deeds.use(successor, by=person_of(request))
        return self.stand(pk)


addresses = [
    path("jira/sites/<int:pk>/successor/", SuccessorOf.as_view(), name="successor"),
    path("jira/sites/<int:pk>/successor/use/", Use.as_view(), name="use_successor"),
]
