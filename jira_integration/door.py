"""Who calls the address for events, what is stored of it, and what each caller is answered."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from atlassian.client import SealError
from jira_integration.batching import Batches
from jira_integration.models import SyncRun, Trigger, WebhookReceiver
from jira_integration.models.sync_run import State
from jira_integration.models.webhook import digest_of
from jira_integration.webhooks import is_proven, read_hint, take

TAKEN, REFUSED, UNKNOWN = 202, 401, 404


@dataclass(frozen=True, slots=True)
class Call:
    """An event as it came; `identifier` is Jira's own, the same on every repetition."""

    token: str
    body: bytes
    signature: str
    source: str
    identifier: str


@dataclass(slots=True)
class Answer:
    """Whoever is answered with `asks` sees to it that its new events are read."""

    status: int
    asks: WebhookReceiver | None = None


def answers(calls: Sequence[Call]) -> list[Answer]:
    """What is proven is stored once, and only then answered as taken."""
    now, rows = timezone.now(), _rows({call.token for call in calls})
    receivers = {row.digest: row for row, _ in rows}
    named = [(call, receivers.get(digest_of(call.token))) for call in calls]
    told = [(call, receiver, Answer(_status(receiver, call))) for call, receiver in named]
    for row, is_awaited in rows:
        mine = [(call, answer) for call, receiver, answer in told if receiver is row]
        if _settle(row, mine, now) and not is_awaited:
            next(answer for _, answer in mine if answer.status == TAKEN).asks = row
    return [answer for *_, answer in told]


def _rows(tokens: Collection[str]) -> list[tuple[WebhookReceiver, bool]]:
    """And whether a run that reads what they tell waits already."""
    waiting = SyncRun.objects.filter(
        connection=OuterRef("connection"), trigger=Trigger.WEBHOOK, state=State.WAITING
    )
    rows: Iterable[Any] = WebhookReceiver.objects.at(tokens).annotate(is_awaited=Exists(waiting))
    return [(row, row.is_awaited) for row in rows]


def _status(receiver: WebhookReceiver | None, call: Call) -> int:
    try:
        proven = is_proven(receiver, call.body, call.signature, call.source)
    except SealError:
        proven = False
    if receiver is None:
        return UNKNOWN
    return TAKEN if proven else REFUSED


def _settle(receiver: WebhookReceiver, told: Sequence[tuple[Call, Answer]], now: datetime) -> bool:
    """Whether there is something new to read."""
    taken = [call for call, answer in told if answer.status == TAKEN]
    if len(taken) < len(told):
        receiver.refuse(now)
    return take(receiver, [read_hint(call.body, call.identifier) for call in taken], now)


def _one_by_one(calls: Sequence[Call]) -> list[Answer]:
    """Where its address was closed while an event was stored, it alone is to be refused."""
    try:
        return answers(calls)
    except IntegrityError:
        return [answers([call])[0] for call in calls]


answer = Batches(_one_by_one)
