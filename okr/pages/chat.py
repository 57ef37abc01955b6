"""The rooms with what became of the last message to each, and what one of them was told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from okr.chat.wording import text_of
from okr.models import ChatMessage, ChatRoom
from okr.pages.paging import page_of

if TYPE_CHECKING:
    from django.core.paginator import Page

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class ChatRow:
    room: ChatRoom
    last: ChatMessage | None

    @property
    def is_failing(self) -> bool:
        return bool(self.last and self.last.words)


def chat_rows() -> list[ChatRow]:
    tried = ChatMessage.objects.filter(room=OuterRef("pk")).exclude(tried_at=None)
    newest = Subquery(tried.order_by("-tried_at").values("pk")[:1])
    rooms = list(ChatRoom.objects.select_related("unit").annotate(newest=newest))
    numbers = {room.pk: vars(room)["newest"] for room in rooms}
    last = ChatMessage.objects.defer("body", "excerpt").in_bulk(filter(None, numbers.values()))
    return [ChatRow(room, last.get(numbers[room.pk])) for room in rooms]


@dataclass(frozen=True, slots=True)
class ToldRow:
    message: ChatMessage

    @property
    def text(self) -> str:
        return text_of(self.message.body)


@dataclass(frozen=True, slots=True)
class RoomPage:
    room: ChatRoom
    messages: "Page[ChatMessage]"

    @property
    def rows(self) -> list[ToldRow]:
        return [ToldRow(message) for message in self.messages]


def room_page(room: ChatRoom, number: str | None) -> RoomPage:
    told = ChatMessage.objects.filter(room=room).defer("excerpt")
    return RoomPage(room, page_of(told, A_PAGE, number))
