"""Who here is who in a Jira: from Atlassian's file, and from what Jira itself tells."""

from http import HTTPStatus

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration.api.base import OfAdmins
from jira_integration.client import JiraError
from jira_integration.matching import Census, ask_jira, why_not_told
from jira_integration.models import JiraConnection, JiraPerson, Match
from jira_integration.people_file import JiraUsersShape
from okr.api.asking import AskedOfRows, narrower
from okr.api.problems import Problem
from okr.api.shapes import Nothing, Plain, Shape


class CensusShape(Plain):
    """How many of the active people are known in this Jira. Of those that are `hidden`, Jira knows
    somebody of that name and does not tell the address. `read_at` is when Jira itself was asked
    last. A file of Jira's users is given under Imports, as of this `kind`."""

    everybody = serializers.IntegerField()
    matched = serializers.IntegerField()
    by_file = serializers.IntegerField()
    by_email = serializers.IntegerField()
    hidden = serializers.IntegerField()
    missing = serializers.IntegerField()
    read_at = serializers.DateTimeField(source="connection.people_read_at", allow_null=True)
    kind = serializers.SerializerMethodField()

    def get_kind(self, census: Census) -> str:
        return JiraUsersShape(census.connection).slug


class AccountShape(Shape):
    """`account_id` is empty where Jira hides whose account it is."""

    class Meta:
        model = JiraPerson
        fields = ("id", "person", "account_id", "match", "at")


class AskedOfAccounts(AskedOfRows):
    person = narrower()
    match = serializers.ChoiceField(Match.choices, required=False)

    narrows = {"person": "person", "match": "match"}


class Known(OfAdmins):
    about, shape = "Jira sites", CensusShape
    summaries = {"GET": "Read how many people are known in a Jira"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return Response(self.told(Census.of(get_object_or_404(JiraConnection, pk=pk))))


class LookUp(OfAdmins):
    """Asks Jira for its accounts now; what a file said stays."""

    about, keyed, shape, body = "Jira sites", False, CensusShape, Nothing
    summaries = {"POST": "Ask a Jira for its accounts"}
    answers = {"POST": HTTPStatus.OK}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        connection = get_object_or_404(JiraConnection, pk=pk)
        self.taken()
        try:
            return Response(self.told(ask_jira(connection, timezone.now())))
        except JiraError as error:
            raise Problem(HTTPStatus.CONFLICT, why_not_told(error)) from None


class Accounts(OfAdmins):
    about, noun, lists = "Jira sites", "a Jira account", True
    shape, asks = AccountShape, AskedOfAccounts
    summaries = {"GET": "List who has which account in a Jira"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        connection = get_object_or_404(JiraConnection, pk=pk)
        return self.listed(JiraPerson.objects.filter(connection=connection))


addresses = [
    path("jira/sites/<int:pk>/people/", Known.as_view(), name="people"),
    path("jira/sites/<int:pk>/people/look-up/", LookUp.as_view(), name="look_up"),
    path("jira/sites/<int:pk>/accounts/", Accounts.as_view(), name="accounts"),
]
