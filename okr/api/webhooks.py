"""Webhooks, kept by OKR admins; see docs/admins.md for what they are sent."""

from collections.abc import Mapping
from datetime import datetime
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
from okr.api.confirmed import KEEPING
from okr.api.endpoint import Endpoint
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Nothing, Plain, Shape
from okr.api.written import OneRow, Rows
from okr.audit import noted
from okr.forms.versions import VersionedForm
from okr.forms.webhooks import WebhookForm
from okr.models import Happens, Person, Webhook


class WebhookShape(Shape):
    """`tells_hidden`: also of what not everybody may see. `stopped_at` is when it was switched off
    because it had accepted nothing since `failing_since`."""

    events: Any = serializers.ListField(child=serializers.ChoiceField(Happens.choices))

    class Meta:
        model = Webhook
        fields = (
            *("id", "version", "name", "address", "events", "tells_hidden", "is_on"),
            *("made_at", "failing_since", "stopped_at", "former_until"),
        )


class WebhookBody(Body):
    """The address begins with https:// and leads to no inner address."""

    name = serializers.CharField(max_length=100)
    address = serializers.CharField(max_length=2_000)
    events: Any = serializers.ListField(
        child=serializers.ChoiceField(Happens.choices), min_length=1, max_length=len(Happens)
    )
    tells_hidden = serializers.BooleanField(default=False)
    is_on = serializers.BooleanField(default=True)


class OfWebhooks(Administered):
    about, noun, route = "Webhooks", "a webhook", "webhook"
    scopes, sensitive = FOR_ADMINS, KEEPING
    shape, body = WebhookShape, WebhookBody

    def rows(self, person: Person) -> QuerySet[Webhook]:
        return Webhook.objects.visible_to(person)

    def stored(self) -> QuerySet[Webhook]:
        return Webhook.objects.all()

    def form(self, person: Person, row: Any = None, data: Any = None) -> WebhookForm:  # noqa: ARG002
        return WebhookForm(data, instance=row)

    def keep(self, form: VersionedForm) -> bool:
        return form.kept(timezone.now())


class Webhooks(OfWebhooks, Rows):
    summaries: Mapping[str, str] = {
        "GET": "List the webhooks",
        "POST": "Add a webhook; renew its secret to be told it",
    }


class OneWebhook(OfWebhooks, OneRow):
    def remove(self, row: Webhook) -> None:
        with noted("webhooks.deleted", row):
            row.remove()


class SecretShape(Plain):
    """Told this once. The one before signs beside it until `former_until`."""

    secret = serializers.CharField()
    former_until = serializers.DateTimeField(allow_null=True)


class WebhookSecret(Endpoint):
    about, noun, scopes, keyed = "Webhooks", "a webhook", FOR_ADMINS, False
    shape, body, sensitive = SecretShape, Nothing, KEEPING
    summaries: Mapping[str, str] = {"POST": "Renew the secret of a webhook"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        self.taken()
        hook = get_object_or_404(Webhook, pk=pk)
        with noted("webhooks.renewed", hook):
            told: dict[str, str | datetime | None] = {"secret": hook.renew_secret(timezone.now())}
        return Response(self.told(told | {"former_until": hook.former_until}), HTTPStatus.CREATED)


addresses = [
    path("webhooks/", Webhooks.as_view(), name="webhooks"),
    path("webhooks/<int:pk>/", OneWebhook.as_view(), name="webhook"),
    path("webhooks/<int:pk>/secret/", WebhookSecret.as_view(), name="webhook_secret"),
]
