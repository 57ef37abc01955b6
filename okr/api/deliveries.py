"""What a webhook was sent and how that ended; a test, and a delivery once more."""

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

from okr.api.asking import AskedOfRows, Narrow
from okr.api.endpoint import Endpoint
from okr.api.once import once
from okr.api.problems import Problem
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Nothing, Shape
from okr.models import Delivery, Webhook
from okr.models.tried import State
from okr.webhooks.deeds import IS_OFF, repeat, test_now


class DeliveryShape(Shape):
    """`number` stays the same however often it is sent. `data` is what was told; `excerpt` is how
    the last answer began, and `problem` why it was not accepted."""

    type = serializers.CharField(source="happening.kind")
    number = serializers.UUIDField(source="happening.number")
    at = serializers.DateTimeField(source="happening.at")
    problem = serializers.CharField(source="words", allow_blank=True)
    data: Any = serializers.DictField(source="happening.body")

    class Meta:
        model = Delivery
        fields = (
            *("id", "type", "number", "at", "state", "tries", "tried_at", "try_at"),
            *("status", "milliseconds", "problem", "excerpt", "data"),
        )


class AskedOfDeliveries(AskedOfRows):
    state = serializers.ChoiceField(State.choices, required=False)
    narrows: ClassVar[Mapping[str, Narrow]] = {"state": "state"}


class OfDeliveries(Endpoint):
    about, noun, scopes = "Webhooks", "a delivery", FOR_ADMINS
    shape, body = DeliveryShape, Nothing

    def rows(self, pk: int) -> QuerySet[Delivery]:
        rows = Delivery.objects.filter(hook=get_object_or_404(Webhook, pk=pk))
        return rows.select_related("hook", "happening")


class Deliveries(OfDeliveries):
    lists, asks = True, AskedOfDeliveries
    summaries: Mapping[str, str] = {"GET": "List what a webhook was sent, the newest first"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.listed(self.rows(pk), newest_first=True)


class OneDelivery(OfDeliveries):
    def get(self, request: Request, pk: int, number: int) -> Response:  # noqa: ARG002
        return Response(self.told(get_object_or_404(self.rows(pk), pk=number)))


class Redelivery(OfDeliveries):
    summaries: Mapping[str, str] = {"POST": "Send the same once more"}

    @once
    def post(self, request: Request, pk: int, number: int) -> Response:  # noqa: ARG002
        self.taken()
        found = get_object_or_404(self.rows(pk), pk=number)
        if not found.hook.is_on:
            raise Problem(HTTPStatus.CONFLICT, IS_OFF)
        made = repeat(found, timezone.now())
        return Response(self.told(made), HTTPStatus.CREATED)


class WebhookTest(OfDeliveries):
    keyed = False
    summaries: Mapping[str, str] = {"POST": "Send a test at once"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        self.taken()
        made = test_now(get_object_or_404(Webhook, pk=pk))
        return Response(self.told(made), HTTPStatus.CREATED)


ONE = "webhooks/<int:pk>/deliveries/<int:number>/"
addresses = [
    path("webhooks/<int:pk>/test/", WebhookTest.as_view(), name="webhook_test"),
    path("webhooks/<int:pk>/deliveries/", Deliveries.as_view(), name="deliveries"),
    path(ONE, OneDelivery.as_view(), name="delivery"),
    path(f"{ONE}redelivery/", Redelivery.as_view(), name="redelivery"),
]
