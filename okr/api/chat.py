"""Rooms of Slack and Teams, kept by OKR admins; their addresses are taken and never told."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.administered import Administered
from okr.api.asking import Number
from okr.api.confirmed import KEEPING
from okr.api.endpoint import Endpoint
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Nothing, Shape
from okr.api.written import OneRow, Rows
from okr.audit import noted
from okr.chat.sending import say_test
from okr.forms.chat import ChatRoomForm
from okr.forms.versions import VersionedForm
from okr.models import ChatMessage, ChatRoom, Person
from okr.models.chat import ChatKind


class ChatRoomShape(Shape):
    """Of its address the host alone is told. Without a unit it hears of the whole company."""

    class Meta:
        model = ChatRoom
        fields = (
            *("id", "version", "name", "kind", "unit", "host"),
            *("tells_digest", "tells_failures", "is_on", "made_at"),
        )


class ChatRoomBody(Body):
    """In a change the address may be left out: the saved one stays."""

    name = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(ChatKind.choices, default=ChatKind.SLACK)
    address = serializers.CharField(max_length=2_000)
    unit = Number(required=False, allow_null=True)
    tells_digest = serializers.BooleanField(default=True)
    tells_failures = serializers.BooleanField(default=True)
    is_on = serializers.BooleanField(default=True)


class OfRooms(Administered):
    about, noun, route = "Chat rooms", "a chat room", "chat_room"
    scopes, sensitive = FOR_ADMINS, KEEPING
    shape, body = ChatRoomShape, ChatRoomBody

    def rows(self, person: Person) -> QuerySet[ChatRoom]:
        return ChatRoom.objects.visible_to(person)

    def stored(self) -> QuerySet[ChatRoom]:
        return ChatRoom.objects.all()

    def form(self, person: Person, row: Any = None, data: Any = None) -> ChatRoomForm:  # noqa: ARG002
        return ChatRoomForm(data, instance=row)

    def keep(self, form: VersionedForm) -> bool:
        return form.kept(timezone.now())


class ChatRooms(OfRooms, Rows):
    summaries: Mapping[str, str] = {"GET": "List the chat rooms"}


class OneChatRoom(OfRooms, OneRow):
    def remove(self, row: ChatRoom) -> None:
        with noted("chat.deleted", row):
            row.remove()


class ChatMessageShape(Shape):
    """`problem` is why it did not arrive."""

    problem = serializers.CharField(source="words", allow_blank=True)

    class Meta:
        model = ChatMessage
        fields = ("id", "at", "state", "status", "milliseconds", "problem", "excerpt")


class ChatTest(Endpoint):
    about, noun, scopes, keyed = "Chat rooms", "a message", FOR_ADMINS, False
    shape, body = ChatMessageShape, Nothing
    summaries: Mapping[str, str] = {"POST": "Send a test to a chat room at once"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        self.taken()
        made = say_test(get_object_or_404(ChatRoom, pk=pk), timezone.now)
        return Response(self.told(made), HTTPStatus.CREATED)


addresses = [
    path("chat-rooms/", ChatRooms.as_view(), name="chat_rooms"),
    path("chat-rooms/<int:pk>/", OneChatRoom.as_view(), name="chat_room"),
    path("chat-rooms/<int:pk>/test/", ChatTest.as_view(), name="chat_room_test"),
]
