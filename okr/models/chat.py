"""Rooms of Slack and Teams that are told how check-ins stand, and messages on their way there."""

from datetime import date, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from django.db import models, transaction
from django.db.models import Q

from okr.bell import ring
from okr.models.person import Person
from okr.models.tried import State, Tried
from okr.models.unit import Unit
from okr.models.version import Versioned
from okr.sealing import seal, unseal

TASK = "okr.tasks.say"
TEST = "test"
ABOUT = {"digest": "How check-ins stand", "failure": "What cannot be read", TEST: "A test"}
"""By how the key of a message begins."""
LONGEST_BEGINNING = 80


class ChatKind(models.TextChoices):
    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"


class ChatRoomQuerySet(models.QuerySet["ChatRoom"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.is_okr_admin else self.none()

    def editable_by(self, person: Person) -> Self:
        return self.visible_to(person)


class ChatRoom(Versioned):
    """Whoever knows the address of an incoming webhook can write into the room: it is a secret."""

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=ChatKind, default=ChatKind.SLACK)
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="chat_rooms"
    )
    sealed_address = models.TextField(blank=True)
    host = models.CharField(max_length=260, blank=True, help_text="Of the address; all of it told.")
    tells_digest = models.BooleanField(default=True)
    tells_failures = models.BooleanField(default=True)
    is_on = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    objects = ChatRoomQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def keep(self, address: str, at: datetime) -> None:
        """Saves it, with a new address where one is given.

        Raises StaleError where somebody saved since this copy was read.
        """
        with transaction.atomic():
            self.made_at = self.made_at or at
            self.full_clean()
            self.claim_version()
            self.save()
            if address:
                self.sealed_address = seal(address, self._seal_of)
                self.host = urlsplit(address).hostname or ""
                self.save(update_fields=["sealed_address", "host"])
            if not self.is_on:
                waiting = ChatMessage.objects.filter(room=self, state=State.WAITING)
                waiting.update(state=State.GIVEN_UP)

    def address(self) -> str:
        """Raises SealError."""
        return unseal(self.sealed_address, self._seal_of)

    def remove(self) -> None:
        self.delete()

    def say(self, key: str, body: Any, at: datetime) -> None:
        """Once for each key; a worker is rung for after the commit."""
        rows = [ChatMessage(room=self, key=key, body=body, at=at, try_at=at)]
        ChatMessage.objects.bulk_create(rows, ignore_conflicts=True)
        self.ring_after_commit()

    def ring_after_commit(self) -> None:
        transaction.on_commit(lambda: ring(TASK, [self.pk]))

    @property
    def _seal_of(self) -> list[str]:
        return ["chat room", str(self.pk)]


class ChatMessageQuerySet(models.QuerySet["ChatMessage"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=State.WAITING, room__is_on=True, try_at__lte=now).order_by("pk")

    def visible_to(self, person: Person) -> Self:
        return self if person.is_okr_admin else self.none()

    def editable_by(self, person: Person) -> Self:
        return self.visible_to(person)

    def older_than(self, moment: datetime) -> Self:
        return self.filter(at__lt=moment).exclude(state=State.WAITING)

    def said_on(self, day: date) -> Self:
        return self.filter(key=digest_key(day))


class ChatMessage(Tried):
    room = models.ForeignKey(ChatRoom, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=120, help_text="What it is about; once said, never again.")
    at = models.DateTimeField(db_index=True)
    body = models.JSONField()

    objects = ChatMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["try_at"], condition=Q(state="waiting"), name="chat_that_waits")
        ]
        constraints = [
            models.UniqueConstraint(fields=["room", "key"], name="nothing_is_said_twice")
        ]

    def __str__(self) -> str:
        return f"{self.key} to {self.room}"

    @property
    def is_tried_once(self) -> bool:
        return self.key.startswith(TEST)

    @property
    def about(self) -> str:
        """In the words of an admin."""
        said = (words for lead, words in ABOUT.items() if self.key.startswith(lead))
        return next(said, "A message")

    def again(self, now: datetime) -> "ChatMessage":
        """The same once more; call it in a transaction, after which a worker is rung for."""
        key = f"{self.key[:LONGEST_BEGINNING]}-again-{now:%Y%m%d%H%M%S%f}"
        made = ChatMessage.objects.create(
            room=self.room, key=key, body=self.body, at=now, try_at=now
        )
        self.room.ring_after_commit()
        return made


def digest_key(day: date) -> str:
    return f"digest-{day:%Y%m%d}"
