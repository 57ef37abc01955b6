"""Deleting, suspending and restoring accounts: one at a time, each confirmed by its address."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from atlassian_accounts.api.base import OfAdmins
from atlassian_accounts.forms.removal import RemovalForm
from atlassian_accounts.models import AccountsSettings, Outcome, Removal, Verb
from atlassian_accounts.removal import asking
from atlassian_accounts.removal.choosing import Chosen
from atlassian_accounts.removal.history import Told
from okr.api.asking import AskedOfRows, Number, narrower
from okr.api.forming import as_typed
from okr.api.once import once
from okr.api.problems import Problem, fault, of_form
from okr.api.shapes import Body, Nothing, Plain, Shape
from okr.api.signing_in import person_of

OFF = "Removing accounts is turned off."
READING_OFF = "Turn on reading Atlassian accounts first."
NO_ACCOUNT = "There is no such account."
TOO_LATE = "It is under way, or over."
KNOWN = "Nothing about it is unknown."
HEADING = "Changes to Atlassian accounts"


class RemovalShape(Shape):
    """`told_as` is what the account was called when this was asked for. Where the outcome is
    `sent`, nobody knows yet whether Atlassian did it: the account is read again until that is
    clear, and nothing is sent twice. `sentence` says how it stands, for people."""

    organization = serializers.IntegerField(source="connection_id")
    account = serializers.IntegerField(source="account_id")
    verb = serializers.ChoiceField(Verb.choices)
    outcome = serializers.ChoiceField(Outcome.choices)
    sentence = serializers.SerializerMethodField()

    class Meta:
        model = Removal
        fields = (
            *("id", "organization", "account", "told_as", "verb", "together", "outcome"),
            *("sentence", "by", "asked_at", "sent_at", "next_at", "finished_at", "failure_code"),
        )

    def get_sentence(self, row: Removal) -> str:
        return Told(row, is_on=False).sentence


class AskedOfRemovals(AskedOfRows):
    organization, account, by = narrower(), narrower(), narrower()
    outcome = serializers.ChoiceField(Outcome.choices, required=False)
    verb = serializers.ChoiceField(Verb.choices, required=False)
    together = serializers.UUIDField(required=False)

    narrows: ClassVar[Any] = {
        "organization": "connection",
        "account": "account",
        "by": "by",
        "outcome": "outcome",
        "verb": "verb",
        "together": "together",
    }


class RemovalBody(Body):
    """`confirm` is the e-mail address of the account, or its account id where that is hidden."""

    account = Number()
    verb = serializers.ChoiceField(Verb.choices)
    confirm = serializers.CharField(max_length=254)


class OfRemovals(OfAdmins):
    about, noun, shape = HEADING, "a change to an account", RemovalShape

    def row(self, pk: int) -> Removal:
        return get_object_or_404(Removal.objects.select_related("connection"), pk=pk)


class Removals(OfRemovals):
    lists, asks, body = True, AskedOfRemovals, RemovalBody
    sensitive = frozenset({"POST"})
    answers = {"POST": HTTPStatus.ACCEPTED}
    summaries = {
        "GET": "List what was asked to be done to accounts",
        "POST": "Ask to delete, suspend or restore an account, or to remove it from a site",
    }

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(Removal.objects.all(), newest_first=True)

    @once
    def post(self, request: Request) -> Response:
        """Done in the background, once; 409 while removing accounts is turned off."""
        values, by = self.taken(), person_of(request)
        if not AccountsSettings.load().removes:
            raise Problem(HTTPStatus.CONFLICT, OFF)
        chosen = Chosen.of(Verb(values["verb"]), [values["account"]], by)
        if chosen.left_out:
            raise fault("account", chosen.left_out[0][1])
        if not chosen.accounts:
            raise fault("account", NO_ACCOUNT)
        form = RemovalForm(as_typed({"typed": values["confirm"]}), chosen=chosen)
        rows = form.keep(by) if form.is_valid() else []
        if not rows:
            raise of_form(form, {"typed": "confirm"})
        response = Response(self.told(rows[0]), HTTPStatus.ACCEPTED)
        response["Location"] = reverse("accounts_api:removal", args=[rows[0].pk])
        return response


class OneRemoval(OfRemovals):
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return Response(self.told(self.row(pk)))


class Withdrawal(OfRemovals):
    body, answers = Nothing, {"POST": HTTPStatus.OK}
    summaries = {"POST": "Take back a change of which nothing was sent"}

    @once
    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        row = self.row(pk)
        self.taken()
        if not asking.cancel(row):
            raise Problem(HTTPStatus.CONFLICT, TOO_LATE)
        return Response(self.told(self.row(pk)))


class Look(OfRemovals):
    body, answers = Nothing, {"POST": HTTPStatus.ACCEPTED}
    summaries = {"POST": "Read the account again now, to see what became of a change"}

    @once
    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        row = self.row(pk)
        self.taken()
        if not asking.look_now(row):
            raise Problem(HTTPStatus.CONFLICT, KNOWN)
        return Response(self.told(self.row(pk)), HTTPStatus.ACCEPTED)


class RemovingShape(Plain):
    removes = serializers.BooleanField()


class Removing(OfAdmins):
    about, keyed, shape, body = HEADING, False, RemovingShape, Nothing
    sensitive = frozenset({"POST"})
    answers = {"POST": HTTPStatus.OK, "DELETE": HTTPStatus.OK}
    summaries = {
        "GET": "Read whether accounts may be deleted, suspended and restored from here",
        "POST": "Allow deleting, suspending and restoring accounts",
        "DELETE": "Forbid it, and take back what waits",
    }

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.stand()

    def post(self, request: Request) -> Response:  # noqa: ARG002
        self.taken()
        settings = AccountsSettings.load()
        if not settings.enabled:
            raise Problem(HTTPStatus.CONFLICT, READING_OFF)
        if not settings.removes:
            asking.allow()
        return self.stand()

    def delete(self, request: Request) -> Response:  # noqa: ARG002
        if AccountsSettings.load().removes:
            asking.forbid()
        return self.stand()

    def stand(self) -> Response:
        return Response(self.told(AccountsSettings.load()))


addresses = [
    path("atlassian/removing/", Removing.as_view(), name="removing"),
    path("atlassian/removals/", Removals.as_view(), name="removals"),
    path("atlassian/removals/<int:pk>/", OneRemoval.as_view(), name="removal"),
    path("atlassian/removals/<int:pk>/withdrawal/", Withdrawal.as_view(), name="withdrawal"),
    path("atlassian/removals/<int:pk>/look/", Look.as_view(), name="look"),
]
