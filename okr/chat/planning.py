"""Writes down what each room is to be told: on the company's day of check-ins at nine, and as soon
as an integration cannot read something.

A tick may come late, twice or never: rows say what was told.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from okr import slots
from okr.chat.digest import MOST_NAMED, counted, digest_of, place_of, stand_of, within
from okr.chat.wording import Line, Message, worded
from okr.local_time import last_time
from okr.models import ChatRoom, Cycle, KeyResult, Policy
from okr.models.chat import digest_key
from okr.models.policy import open_to_all
from okr.slots import Failure

HOUR = 9
CATCHES_UP_FOR = timedelta(hours=24)


def plan_chat(now: datetime) -> None:
    rooms = list(ChatRoom.objects.filter(is_on=True).select_related("unit"))
    if rooms:
        plan_digests(rooms, now)
        plan_failures([room for room in rooms if room.tells_failures], now)


def plan_digests(rooms: Iterable[ChatRoom], now: datetime) -> None:
    due = last_time(HOUR, now, "", Policy.load().checkin_weekday)
    cycle = Cycle.objects.current(timezone.localdate(now))
    if cycle is None or cycle.state(timezone.localdate(now)) != "running":
        return
    if now - due >= CATCHES_UP_FOR:
        return
    for room in rooms:
        made_before = room.made_at < due
        said = room.messages.said_on(due.date()).exists()
        if room.tells_digest and made_before and not said:
            message = digest_of(room.unit, stand_of(room.unit, cycle, now))
            room.say(digest_key(due.date()), worded(message, room.kind), now)


def plan_failures(rooms: Sequence[ChatRoom], now: datetime) -> None:
    """Of what not everybody may see rooms are told nothing; a unit's room of what is the unit's."""
    for found in slots.ask("integrations.failures", now) if rooms else ():
        for failure in found:
            for room in rooms:
                _tell(room, failure, now)


def _tell(room: ChatRoom, failure: Failure, now: datetime) -> None:
    key = f"failure-{failure.key}"
    if room.messages.filter(key=key).exists():
        return
    rows = KeyResult.objects.filter(open_to_all("objective__"), pk__in=failure.key_results)
    standing = rows.filter(within(room.unit)).select_related("owner").order_by("title", "pk")
    number = standing.count()
    if number:
        message = _message(room, failure, number, standing[:MOST_NAMED])
        with transaction.atomic():
            room.say(key, worded(message, room.kind), now)


def _message(room: ChatRoom, failure: Failure, number: int, named: Iterable[KeyResult]) -> Message:
    address = settings.PUBLIC_ADDRESS
    lines = [
        Line(each.title, address + reverse("okr:key_result", args=[each.pk]), str(each.owner))
        for each in named
    ]
    stand = "stands" if number == 1 else "stand"
    return Message(
        heading=f"{room.unit or 'The company'}: progress cannot be read",
        sentences=[failure.sentence, f"{counted(number, 'key result')} {stand} still."],
        lines=lines,
        url=place_of(room.unit),
        label=f"Open {settings.PRODUCT_NAME}",
    )
