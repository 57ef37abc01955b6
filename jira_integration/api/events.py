"""How events of Jira stand for a site; their address and secret are told once, to be entered."""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration import registering
from jira_integration.api.base import OfAdmins
from jira_integration.events_card import EventsCard
from jira_integration.models import JiraConnection
from okr.api.confirmed import KEEPING
from okr.api.shapes import Nothing, Plain

OR_NULL: dict[str, Any] = {"default": None, "allow_null": True}


class EventsShape(Plain):
    """`by_hand` where an administrator of Jira enters the webhook, as it was told once. The other
    sentences are empty where nothing is wrong."""

    opened = serializers.BooleanField()
    by_hand = serializers.BooleanField()
    reachable = serializers.BooleanField()
    opened_at = serializers.DateTimeField(source="receiver.opened_at", **OR_NULL)
    first_event_at = serializers.DateTimeField(source="receiver.first_event_at", **OR_NULL)
    last_event_at = serializers.DateTimeField(source="last", allow_null=True)
    sentence = serializers.CharField()
    missing = serializers.CharField()
    misfit = serializers.CharField()
    failure = serializers.CharField()


class Events(OfAdmins):
    about, noun, keyed = "Jira sites", "the webhook of a site", False
    shape, body, answers = EventsShape, Nothing, {"POST": HTTPStatus.OK, "DELETE": HTTPStatus.OK}
    summaries = {
        "GET": "Read how events of Jira stand",
        "POST": "Have Jira tell of every change, by a new webhook",
    }

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stand(get_object_or_404(JiraConnection, pk=pk))

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        connection = get_object_or_404(JiraConnection, pk=pk)
        self.taken()
        registering.register(connection)
        return self.stand(connection)

    def delete(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        connection = get_object_or_404(JiraConnection, pk=pk)
        registering.remove(connection)
        return self.stand(connection)

    def stand(self, connection: JiraConnection) -> Response:
        card = EventsCard.load(connection)
        names = ("by_hand", "reachable", "receiver", "last", "sentence", "missing", "misfit")
        about = {name: getattr(card, name) for name in names}
        failure = card.receiver.failure if card.receiver else None
        more = {"opened": card.receiver is not None, "failure": str(failure or "")}
        return Response(self.told(about | more))


class ToEnterShape(Plain):
    """What an administrator of Jira enters at `place`; the JQL stays empty. `url` and `secret` are
    told only now; `secret` is empty where this Jira does not sign what it sends."""

    place = serializers.CharField()
    name = serializers.CharField()
    status = serializers.CharField()
    url = serializers.CharField(source="shown.url")
    secret = serializers.SerializerMethodField()
    events = serializers.ListField(child=serializers.CharField())

    def get_secret(self, card: EventsCard) -> str:
        return card.shown.secret if card.shown and card.shown.signs else ""


class ByHand(OfAdmins):
    about, noun, keyed = "Jira sites", "the webhook of a site", False
    shape, body, sensitive = ToEnterShape, Nothing, KEEPING
    summaries = {"POST": "Open an address for a webhook that is entered by hand"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        """What was registered or entered before stops working."""
        connection = get_object_or_404(JiraConnection, pk=pk)
        self.taken()
        opened = registering.open_by_hand(connection)
        return Response(self.told(EventsCard.load(connection, opened)), HTTPStatus.CREATED)


addresses = [
    path("jira/sites/<int:pk>/events/", Events.as_view(), name="events"),
    path("jira/sites/<int:pk>/events/by-hand/", ByHand.as_view(), name="webhook_by_hand"),
]
