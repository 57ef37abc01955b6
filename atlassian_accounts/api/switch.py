"""Whether accounts are read: the switch, and how all organizations stand together."""

from http import HTTPStatus

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from atlassian_accounts import deeds
from atlassian_accounts.api.base import OfAdmins
from atlassian_accounts.models import AccountsSettings, OrganizationConnection
from atlassian_accounts.standing import Standing
from okr.api.problems import Problem
from okr.api.shapes import Nothing, Plain
from okr.api.signing_in import person_of

NOTHING_TO_READ = "Connect an organization first."


class AccountsSwitchShape(Plain):
    """The worst of the organizations speaks for the whole."""

    enabled = serializers.BooleanField()
    organizations = serializers.IntegerField()
    standing = serializers.ChoiceField([each.value for each in Standing])


class Switch(OfAdmins):
    keyed = False
    shape, body, answers = (
        AccountsSwitchShape,
        Nothing,
        {"POST": HTTPStatus.OK, "DELETE": HTTPStatus.OK},
    )
    summaries = {
        "GET": "Read whether Atlassian accounts are read",
        "POST": "Turn the reading of Atlassian accounts on",
        "DELETE": "Turn the reading of Atlassian accounts off; what was read is kept",
    }

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.stand()

    def post(self, request: Request) -> Response:
        self.taken()
        if not OrganizationConnection.objects.exists():
            raise Problem(HTTPStatus.CONFLICT, NOTHING_TO_READ)
        if not AccountsSettings.load().enabled:
            deeds.turn_on(person_of(request))
        return self.stand()

    def delete(self, request: Request) -> Response:  # noqa: ARG002
        if AccountsSettings.load().enabled:
            deeds.turn_off()
        return self.stand()

    def stand(self) -> Response:
        about = {
            "enabled": AccountsSettings.load().enabled,
            "organizations": OrganizationConnection.objects.count(),
            "standing": Standing.of_all().value,
        }
        return Response(self.told(about))


addresses = [path("atlassian/switch/", Switch.as_view(), name="switch")]
