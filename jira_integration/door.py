"""Who calls the address for events, what is stored of it, and what each caller is answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from jira_integration.batching import Batches
from jira_integration.models import SyncRun, Trigger, WebhookReceiver
from jira_integration.models.sync_run import State
from jira_integration.models.webhook import digest_of
from jira_integration.sealing import SealError
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
    now, receivers = timezone.now(), _at({call.token for call in calls})
    told = [Answer(_status(receivers.get(call.token), call)) for call in calls]
    for token, receiver in receivers.items():
        named = zip(calls, told, strict=True)
        _settle(receiver, [each for each in named if each[0].token == token], now)
    return told


def _at(tokens: Collection[str]) -> dict[str, WebhookReceiver]:
    digests = {digest_of(token): token for token in tokens}
    awaited = SyncRun.objects.filter(
        connection=OuterRef("connection"), trigger=Trigger.WEBHOOK, state=State.WAITING
    )
    rows = WebhookReceiver.objects.at(tokens).annotate(is_awaited=Exists(awaited))
    return {digests[row.digest]: row for row in rows}


def _status(receiver: WebhookReceiver | None, call: Call) -> int:
    try:
        proven = is_proven(receiver, call.body, call.signature, call.source)
    except SealError:
        proven = False
    if receiver is None:
        return UNKNOWN
    return TAKEN if proven else REFUSED


def _settle(receiver: WebhookReceiver, told: Sequence[tuple[Call, Answer]], now: datetime) -> None:
    taken = [(call, answer) for call, answer in told if answer.status == TAKEN]
    if len(taken) < len(told):
        receiver.refuse(now)
    hints = [read_hint(call.body, call.identifier) for call, _ in taken]
    if take(receiver, hints, now) and not receiver.is_awaited:
        taken[0][1].asks = receiver


def _one_by_one(calls: Sequence[Call]) -> list[Answer]:
    """Where its address was closed while an event was stored, it alone is to be refused."""
    try:
        return answers(calls)
    except IntegrityError:
        return [answers([call])[0] for call in calls]


answer = Batches(_one_by_one)
