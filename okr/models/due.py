"""When a key result waits for its owner's judgement."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from okr.models.approval import Approval
from okr.models.closure import unclosed
from okr.models.kind import THRESHOLDS
from okr.progress import WHOLE

CHECK_IN_EVERY = timedelta(days=7)


def week_before(now: datetime) -> datetime:
    """Who judged before this waits: days count, not hours, so that Mondays follow on Mondays."""
    day = timezone.localdate(now) - CHECK_IN_EVERY + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))


def not_judged_lately(now: datetime) -> Q:
    """Key results that are on their way and that nobody has judged for a week.

    A threshold is on its way until the last day.
    """
    on_their_way = ~Q(progress=WHOLE) | Q(kind__in=THRESHOLDS)
    return on_their_way & (Q(checked_in_at=None) | Q(checked_in_at__lt=week_before(now)))


def in_a_running_cycle(now: datetime) -> Q:
    """Key results of open objectives."""
    today = timezone.localdate(now)
    running = Q(
        objective__cycle__closed_at=None,
        objective__cycle__starts_on__lte=today,
        objective__cycle__ends_on__gte=today,
    )
    return running & unclosed("objective__")


def waiting(now: datetime) -> Q:
    """Those that their owner has to judge now; a draft does not count yet.

    In a count PostgreSQL asks in this order: first what a row says itself.
    """
    approved = Q(objective__approval=Approval.APPROVED)
    return not_judged_lately(now) & approved & in_a_running_cycle(now)
