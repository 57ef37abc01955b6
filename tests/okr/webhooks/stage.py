"""A webhook that is told of everything, and a real receiver on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils import timezone

from okr.models import Happens, Webhook
from okr.webhooks.sending import deliver_due
from tests.stations import Heard, Said, Station, station

NOW = timezone.now()


def make_hook(address: str = "https://hooks.example/in", **fields: Any) -> tuple[Webhook, str]:
    """With its secret."""
    usual: dict[str, Any] = {"name": "Dashboard", "events": Happens.values}
    hook = Webhook(**{**usual, "address": address, **fields})
    return hook, hook.keep(NOW)


@contextmanager
def receiver(settings: Any, *statuses: int) -> Iterator[Station]:
    """Answers with one status after the other, and goes on with the last."""
    waiting = list(statuses) or [200]

    def answer(_: Heard) -> Said:
        status = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return Said({"thanks": True}, status)

    with station(answer) as server:
        settings.OUTGOING_HOSTS = [server.place]
        yield server


def deliver(hook: Webhook, now: datetime = NOW) -> None:
    deliver_due(hook.pk, lambda: now)
    hook.refresh_from_db()
