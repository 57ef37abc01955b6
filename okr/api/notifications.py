"""What a person was told, that they have read it, and which key results wait for their word."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfRows, Number
from okr.api.endpoint import Endpoint
from okr.api.filters import AskedOfKeyResults
from okr.api.key_results import KeyResultShape, told_to
from okr.api.once import once
from okr.api.shapes import Body, Nothing, Plain, Shape
from okr.api.signing_in import person_of
from okr.models import Notification
from okr.pages.check_in_queue import due
from okr.pages.notifications import unread_count
from okr.pages.telling import WITH_PLACES, Told


class NotificationShape(Shape):
    """`sentence` says what happened, and `words` what was said; `url` leads to the page of it."""

    sentence = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = (
            *("id", "kind", "at", "by", "sentence", "words", "objective", "key_result"),
            *("comment", "read_at", "url"),
        )

    def get_sentence(self, notification: Notification) -> str:
        return Told(notification, frozenset()).sentence

    def get_words(self, notification: Notification) -> str:
        return Told(notification, frozenset()).words

    def get_url(self, notification: Notification) -> str:
        page = Told(notification, frozenset()).url
        url: str = self.context["request"].build_absolute_uri(page)
        return url


class AskedOfNotifications(AskedOfRows):
    unread = serializers.BooleanField(required=False)

    narrows = {"unread": "read_at__isnull"}


class NewestBody(Body):
    """`newest` is the last that you have seen: what came since stays unread."""

    newest = Number(required=False)


@dataclass(frozen=True, slots=True)
class Count:
    unread: int


class CountShape(Plain):
    unread = serializers.IntegerField()


class Notifications(Endpoint):
    about, noun, lists = "Notifications", "a notification", True
    shape, asks = NotificationShape, AskedOfNotifications
    summaries: Mapping[str, str] = {"GET": "List what you were told, the newest first"}

    def get(self, request: Request) -> Response:
        shown = Notification.objects.shown_to(person_of(request)).select_related(*WITH_PLACES)
        return self.listed(shown, newest_first=True)


class Reading(Endpoint):
    about, noun = "Notifications", "a notification"
    shape, body = NotificationShape, Nothing
    answers: Mapping[str, int] = {"POST": HTTPStatus.OK, "DELETE": HTTPStatus.OK}
    summaries: Mapping[str, str] = {
        "POST": "Mark a notification as read",
        "DELETE": "Mark a notification as unread",
    }

    @once
    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        notification = self._one(pk)
        self.taken()
        return self._mark(notification, read=True)

    def delete(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self._mark(self._one(pk), read=False)

    def _one(self, pk: int) -> Notification:
        shown = Notification.objects.shown_to(person_of(self.request))
        return get_object_or_404(shown.select_related(*WITH_PLACES), pk=pk)

    def _mark(self, notification: Notification, *, read: bool) -> Response:
        notification.mark(read=read, at=timezone.now())
        return Response(self.told(self._one(notification.pk)))


class ReadingAll(Endpoint):
    about, noun = "Notifications", "notifications"
    shape, body = CountShape, NewestBody
    answers: Mapping[str, int] = {"POST": HTTPStatus.OK}
    summaries: Mapping[str, str] = {"POST": "Mark all that you have seen as read"}

    @once
    def post(self, request: Request) -> Response:
        person, newest = person_of(request), self.taken().get("newest")
        unread = Notification.objects.shown_to(person).unread()
        seen = unread.filter(pk__lte=newest) if newest else unread
        seen.update(read_at=timezone.now())
        return Response(self.told(Count(unread_count(person))))


class CheckInQueue(Endpoint):
    about, lists = "Check-ins", True
    shape, asks = KeyResultShape, AskedOfKeyResults
    summaries: Mapping[str, str] = {"GET": "List your key results that wait for a check-in"}

    def get(self, request: Request) -> Response:
        person = person_of(request)
        waiting = due(person, timezone.now()).values("pk")
        return self.listed(told_to(person).filter(pk__in=waiting))


addresses = [
    path("check-in-queue/", CheckInQueue.as_view(), name="check_in_queue"),
    path("notifications/", Notifications.as_view(), name="notifications"),
    path("notifications/seen/", ReadingAll.as_view(), name="notifications_read"),
    path("notifications/<int:pk>/read/", Reading.as_view(), name="notification_read"),
]
