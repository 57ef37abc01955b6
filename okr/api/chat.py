"""Rooms of Slack and Teams, kept by OKR admins; their addresses are taken and never told."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.administered import Administered
from okr.api.asking import AskedOfRows, Narrow, Number
from okr.api.confirmed import KEEPING
from okr.api.endpoint import Endpoint
from okr.api.once import once
from okr.api.problems import Problem
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Nothing, Shape
from okr.api.written import OneRow, Rows
from okr.audit import noted
from okr.chat.sending import IS_OFF, say_again, say_test
from okr.forms.chat import ChatRoomForm
from okr.forms.versions import VersionedForm
from okr.models import ChatMessage, ChatRoom, Person
from okr.models.chat import ChatKind
from okr.models.tried import State


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
    """`about` is what it is about, and `problem` why it did not arrive."""

    about = serializers.CharField()

    problem = serializers.CharField(source="words", allow_blank=True)
    body: Any = serializers.DictField()

    class Meta:
        model = ChatMessage
        fields = (
            *("id", "about", "at", "state", "tries", "tried_at", "try_at"),
            *("status", "milliseconds", "problem", "excerpt", "body"),
        )


class AskedOfMessages(AskedOfRows):
    state = serializers.ChoiceField(State.choices, required=False)
    narrows: ClassVar[Mapping[str, Narrow]] = {"state": "state"}


class OfMessages(Endpoint):
    about, noun, scopes = "Chat rooms", "a message", FOR_ADMINS
    shape, body = ChatMessageShape, Nothing

    def rows(self, pk: int) -> QuerySet[ChatMessage]:
        room = get_object_or_404(ChatRoom, pk=pk)
        return ChatMessage.objects.filter(room=room).select_related("room")


class ChatMessages(OfMessages):
    lists, asks = True, AskedOfMessages
    summaries: Mapping[str, str] = {"GET": "List what a room was told, the newest first"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.listed(self.rows(pk), newest_first=True)


class ChatRedelivery(OfMessages):
    summaries: Mapping[str, str] = {"POST": "Send the same once more"}

    @once
    def post(self, request: Request, pk: int, number: int) -> Response:  # noqa: ARG002
        self.taken()
        found = get_object_or_404(self.rows(pk), pk=number)
        if not found.room.is_on:
            raise Problem(HTTPStatus.CONFLICT, IS_OFF)
        return Response(self.told(say_again(found, timezone.now())), HTTPStatus.CREATED)


class ChatTest(OfMessages):
    keyed = False
    summaries: Mapping[str, str] = {"POST": "Send a test to a chat room at once"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        self.taken()
        made = say_test(get_object_or_404(ChatRoom, pk=pk), timezone.now)
        return Response(self.told(made), HTTPStatus.CREATED)


addresses = [
    path("chat-rooms/", ChatRooms.as_view(), name="chat_rooms"),
    path("chat-rooms/<int:pk>/", OneChatRoom.as_view(), name="chat_room"),
    path("chat-rooms/<int:pk>/messages/", ChatMessages.as_view(), name="chat_messages"),
    path(
        "chat-rooms/<int:pk>/messages/<int:number>/redelivery/",
        ChatRedelivery.as_view(),
        name="chat_redelivery",
    ),
    path("chat-rooms/<int:pk>/test/", ChatTest.as_view(), name="chat_room_test"),
]
