"""What an admin sees of a webhook: its state, and each delivery with what was sent and answered."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from okr.models import Delivery, Happens, Webhook
from okr.pages.paging import page_of
from okr.webhooks.sending import body_of

if TYPE_CHECKING:
    from django.core.paginator import Page

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class WebhookPage:
    hook: Webhook
    rows: "Page[Delivery]"
    now: datetime

    @property
    def events(self) -> list[str]:
        return [label for kind, label in Happens.choices if kind in self.hook.events]

    @property
    def both_hold(self) -> bool:
        """Whether the secret of before still signs."""
        return bool(self.hook.former_until and self.now < self.hook.former_until)


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    delivery: Delivery

    @property
    def body(self) -> str:
        """What is sent, set for reading."""
        return json.dumps(
            json.loads(body_of(self.delivery.happening)), indent=2, ensure_ascii=False
        )


def webhook_page(hook: Webhook, number: str | None, now: datetime) -> WebhookPage:
    rows = (
        Delivery.objects.filter(hook=hook)
        .select_related("happening")
        .defer("excerpt", "happening__body")
    )
    return WebhookPage(hook, page_of(rows, A_PAGE, number), now)


def delivery_page(delivery: Delivery) -> DeliveryPage:
    return DeliveryPage(delivery)
