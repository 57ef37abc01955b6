"""The accounts as they were read, whose they are, and the people who have none."""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from atlassian_accounts import taking
from atlassian_accounts.api.base import OfAdmins
from atlassian_accounts.listing import BELONGS, Filters, Row, rows_of
from atlassian_accounts.models import Account, AccountStatus, without_account
from okr.api.asking import AskedOfRows, narrower
from okr.api.once import once
from okr.api.people import PersonShape
from okr.api.problems import fault
from okr.api.shapes import Body, Plain
from okr.api.signing_in import person_of
from okr.api.uploads import UploadShape

NOWHERE = "There is nothing of this kind that takes accounts."


class ProductShape(serializers.Serializer):  # type: ignore[type-arg]
    key = serializers.CharField()
    name = serializers.CharField()
    resource = serializers.CharField()
    last_active = serializers.DateTimeField(allow_null=True)


class AtlassianAccountShape(Plain):
    """`email` is empty where Atlassian hides it; `managed` is null where that is not told, as by a
    single site. `person` is who has the same address here, and `gone_at` when Atlassian listed the
    account no longer."""

    id = serializers.IntegerField(source="account.pk")
    organization = serializers.IntegerField(source="account.connection_id")
    account_id = serializers.CharField(source="account.account_id")
    name = serializers.CharField(source="account.name")
    email = serializers.CharField(source="account.email")
    kind = serializers.CharField(source="account.kind")
    status = serializers.ChoiceField(AccountStatus.choices, source="account.status")
    managed = serializers.BooleanField(source="account.is_managed", allow_null=True)
    roles = serializers.ListField(source="account.role_names", child=serializers.CharField())
    groups = serializers.ListField(child=serializers.CharField())
    products: Any = ProductShape(many=True)
    last_active = serializers.DateTimeField(source="account.last_active", allow_null=True)
    added_at = serializers.DateTimeField(source="account.added_at", allow_null=True)
    gone_at = serializers.DateTimeField(source="account.gone_at", allow_null=True)
    person = serializers.IntegerField(source="person.pk", default=None, allow_null=True)


class AskedOfAccounts(AskedOfRows):
    q = serializers.CharField(
        required=False, max_length=200, help_text="Words of name or address, or an account id."
    )
    organization, group = narrower(), narrower()
    status = serializers.ChoiceField(AccountStatus.choices, required=False)
    product = serializers.CharField(required=False, max_length=80, help_text="As `confluence`.")
    belongs = serializers.ChoiceField([*BELONGS], required=False)
    gone = serializers.BooleanField(
        required=False, help_text="Those that Atlassian lists no longer, instead of the others."
    )


class OfAccounts(OfAdmins):
    noun, shape = "an Atlassian account", AtlassianAccountShape

    def drawn(self, rows: Any) -> list[Row]:
        return list(rows_of(rows))


class Accounts(OfAccounts):
    lists, asks = True, AskedOfAccounts
    summaries = {"GET": "List the Atlassian accounts"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        """As the list of the page finds them."""
        asked = {
            name: str(self.asked.get(name, ""))
            for name in ("organization", "group", "status", "product", "belongs")
        }
        gone = "1" if self.asked.get("gone") else ""
        return self.listed(Filters(self.asked.get("q", ""), gone=gone, **asked).accounts())


class OneAccount(OfAccounts):
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        account = get_object_or_404(Account.objects.select_related("connection"), pk=pk)
        return Response(self.told(next(rows_of([account]))))


class Without(OfAdmins):
    noun, shape, lists, asks = "a person", PersonShape, True, AskedOfRows
    summaries = {"GET": "List the people who have no Atlassian account"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(without_account().select_related("unit", "manager"))


class MatchesBody(Body):
    """`kind` is that of an import which takes accounts, as `jira-users-1`."""

    kind = serializers.CharField(max_length=100)


class Matches(OfAdmins):
    noun, shape, body = "matches of accounts and people", UploadShape, MatchesBody
    summaries = {"POST": "Take the matches of accounts and people elsewhere, and have them checked"}

    @once
    def post(self, request: Request) -> Response:
        """They are written when the import is confirmed."""
        by = person_of(request)
        into = taking.destination(by, self.taken()["kind"])
        if into is None:
            raise fault("kind", NOWHERE)
        return Response(self.told(taking.take(into, by, timezone.now())), HTTPStatus.CREATED)


addresses = [
    path("atlassian/accounts/", Accounts.as_view(), name="accounts"),
    path("atlassian/accounts/<int:pk>/", OneAccount.as_view(), name="account"),
    path("atlassian/people-without-account/", Without.as_view(), name="without"),
    path("atlassian/matches/", Matches.as_view(), name="matches"),
]
