"""Tries what is due: one webhook at a time, in the order in which things happened.

A try that fails ends the round for its webhook, so that a dead one costs a few seconds a minute. A
round belongs to one worker at a time, so that a slow webhook keeps no more than one of them.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from okr.allowed_calls import outgoing_policy
from okr.bell import ring
from okr.models.delivery import TASK, Delivery, Happening
from okr.models.webhook import Webhook
from okr.outgoing import WayOut
from okr.sealing import SealError
from okr.webhooks.posting import PATIENCE, Outcome, post
from okr.webhooks.signing import signed_headers

ROUND = timedelta(minutes=2)
HEADERS = {"Content-Type": "application/json", "User-Agent": "Plumbline-Webhooks/1"}
SEALED = "Its secret cannot be opened with the keys in use. Renew the secret."


def ring_for_due(now: datetime) -> None:
    """What the bell after the commit did not reach, and what is to be tried again."""
    waiting = Delivery.objects.due(now).order_by("hook").values_list("hook", flat=True)
    for hook_id in waiting.distinct():
        ring(TASK, [hook_id])


def deliver_due(hook_id: int, clock: Callable[[], datetime]) -> None:
    hook = Webhook.objects.filter(pk=hook_id, is_on=True).first()
    if hook is None:
        return
    if hook.take_turn(clock()):
        try:
            _deliver_in_turn(hook, clock)
        finally:
            hook.end_turn()


def _deliver_in_turn(hook: Webhook, clock: Callable[[], datetime]) -> None:
    ends = clock() + ROUND
    with WayOut(outgoing_policy(), PATIENCE) as way:
        while (now := clock()) < ends:
            due = Delivery.objects.due(now).filter(hook=hook).select_related("happening")
            delivery = due.first()
            if delivery is None:
                return
            if delivery.claim(now) and not attempt(way, hook, delivery, clock).accepted:
                return


def attempt(
    way: WayOut, hook: Webhook, delivery: Delivery, clock: Callable[[], datetime]
) -> Outcome:
    """One try of a delivery that was claimed, and what is kept of it."""
    outcome = _posted(way, hook, delivery.happening, clock())
    now = clock()
    delivery.end(now, accepted=outcome.accepted, **outcome.seen)
    if outcome.accepted:
        hook.accepted()
    else:
        hook.failed(now, for_good=outcome.is_gone)
    return outcome


def _posted(way: WayOut, hook: Webhook, happening: Happening, now: datetime) -> Outcome:
    body = body_of(happening)
    try:
        secrets = hook.secrets_at(now)
    except SealError:
        return Outcome(accepted=False, words=SEALED)
    signed = signed_headers(str(happening.number), now, body, secrets)
    return post(way, hook.address, body, HEADERS | signed)


def body_of(happening: Happening) -> bytes:
    """The same bytes at every try."""
    told = {"type": happening.kind, "timestamp": happening.at.isoformat(), "data": happening.body}
    return json.dumps(told, separators=(",", ":")).encode()
