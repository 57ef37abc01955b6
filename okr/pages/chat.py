"""The rooms with what became of the last message to each, in two queries."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from okr.models import ChatMessage, ChatRoom


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
