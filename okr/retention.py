"""What grows without being the record, and goes once it is old; see docs/operators.md.

Measurements, check-ins, comments and changes are the record: they stand in no table here.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from okr.models import (
    ApiAnswer,
    AuditEntry,
    ChatMessage,
    Digest,
    FilePlan,
    Happening,
    Notification,
    Reminder,
    ReminderRound,
    SignIn,
    Upload,
)
from okr.slots import Kept, ask

BATCH = 500
AT_ONCE = 10_000
"""Rows of a kind in one tick; the next one goes on."""
DAY = timedelta(days=1)
log = logging.getLogger(__name__)


def kept() -> list[Kept]:
    """Whatever has an end, with the days for which it is kept; an integration adds its own."""
    days = settings.KEPT_DAYS
    own = [
        Kept("entries of the audit log", days["audit"], AuditEntry.objects.older_than),
        Kept("read notifications", days["notifications"], Notification.objects.older_than),
        Kept("digests that were sent", days["reminders"], Digest.objects.older_than),
        Kept("reminders", days["reminders"], Reminder.objects.older_than),
        Kept("rounds of reminders", days["reminders"], ReminderRound.objects.older_than),
        Kept("what webhooks were told", days["webhooks"], Happening.objects.older_than),
        Kept("what chat rooms were told", days["webhooks"], ChatMessage.objects.older_than),
        Kept("uploaded files", days["uploads"], Upload.objects.older_than),
        Kept("files of OKRs", days["uploads"], FilePlan.objects.older_than),
        Kept("sessions that ended", 1, _ended),
        Kept("sign-ins that ended", 1, SignIn.objects.older_than),
        Kept("answers to requests of the API", 1, ApiAnswer.objects.older_than),
    ]
    return [*own, *(each for table in ask("retention.kept") for each in table)]


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows of a kind went, and whether none are left to go."""

    kept: Kept
    removed: int
    is_done: bool


def prune_daily(now: datetime, at_once: int = AT_ONCE) -> None:
    """Once a day, and again at once while there is more to remove.

    The cache remembers the day: losing it, or having one each, costs a look at the tables.
    """
    mark = f"retention.pruned.{timezone.localdate(now)}"
    if not cache.add(mark, True, DAY.total_seconds()):
        return
    pruned = [prune(each, now, at_once) for each in kept()]
    if not all(each.is_done for each in pruned):
        cache.delete(mark)


def old(each: Kept, now: datetime) -> "QuerySet[Any] | None":
    """The rows that may go; None where they are kept for ever."""
    return each.older_than(now - each.days * DAY) if each.days else None


def prune(each: Kept, now: datetime, most: int | None = None) -> Pruned:
    """A batch is a transaction of its own, so that nobody waits for it."""
    rows, removed, is_done = old(each, now), 0, False
    if rows is None:
        return Pruned(each, 0, is_done=True)
    while not is_done and (most is None or removed < most):
        found = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        removed += rows.filter(pk__in=found).delete()[1].get(rows.model._meta.label, 0)
        is_done = len(found) < BATCH
    if removed:
        log.info("Removed %d %s older than %d days", removed, each.name, each.days)
    return Pruned(each, removed, is_done)


def _ended(before: datetime) -> "QuerySet[Session]":
    return Session.objects.filter(expire_date__lt=before)
