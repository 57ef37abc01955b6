"""Tries what is due, room by room, by the same way out and with the same pauses as webhooks."""

import json
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from okr.allowed_calls import outgoing_policy
from okr.audit import noted
from okr.bell import ring
from okr.chat.wording import Message, worded
from okr.models import ChatMessage, ChatRoom
from okr.models.chat import TASK, TEST
from okr.outgoing import WayOut
from okr.sealing import SealError
from okr.webhooks.posting import PATIENCE, Outcome, post

MOST_AT_ONCE = 50
HEADERS = {"Content-Type": "application/json", "User-Agent": "Plumbline-Chat/1"}
IS_OFF = "Switch this room on first: while it is off, nothing is sent there."
SEALED = "The saved address cannot be opened with the keys in use. Enter it again."


def ring_for_chat(now: datetime) -> None:
    rooms = ChatMessage.objects.due(now).order_by("room").values_list("room", flat=True)
    for room_id in rooms.distinct():
        ring(TASK, [room_id])


def say_due(room_id: int, clock: Callable[[], datetime]) -> None:
    """A try that fails ends the round."""
    room = ChatRoom.objects.filter(pk=room_id, is_on=True).first()
    if room is None:
        return
    with WayOut(outgoing_policy(), PATIENCE) as way:
        for message in ChatMessage.objects.due(clock()).filter(room=room)[:MOST_AT_ONCE]:
            if message.claim(clock()) and not _attempt(way, room, message, clock).accepted:
                return


def say_test(room: ChatRoom, clock: Callable[[], datetime]) -> ChatMessage:
    """Said at once, also in a room that is off; it is not tried again."""
    now = clock()
    with noted("chat.tested", room, always=True):
        made = ChatMessage.objects.create(
            room=room, key=f"{TEST}-{now.isoformat()}", body=_hello(room), at=now, try_at=now
        )
    with WayOut(outgoing_policy(), PATIENCE) as way:
        if made.claim(clock()):
            _attempt(way, room, made, clock)
    return made


def say_again(message: ChatMessage, now: datetime) -> ChatMessage:
    with noted("chat.repeated", message.room, always=True):
        return message.again(now)


def _attempt(
    way: WayOut, room: ChatRoom, message: ChatMessage, clock: Callable[[], datetime]
) -> Outcome:
    try:
        outcome = post(way, room.address(), json.dumps(message.body).encode(), HEADERS)
    except SealError:
        outcome = Outcome(accepted=False, words=SEALED)
    message.end(clock(), accepted=outcome.accepted, **outcome.seen)
    return outcome


def _hello(room: ChatRoom) -> object:
    place = room.unit or "the company"
    message = Message(
        heading=f"A test of {settings.PRODUCT_NAME}",
        sentences=[f"This room will hear how check-ins of {place} stand."],
        lines=[],
        url=settings.PUBLIC_ADDRESS + reverse("okr:company"),
        label=f"Open {settings.PRODUCT_NAME}",
    )
    return worded(message, room.kind)
