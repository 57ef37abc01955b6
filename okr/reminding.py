"""Reminds people of their check-ins, on the company's weekday at nine where they work."""

from datetime import datetime, timedelta

from django.db import transaction

from okr.local_time import last_time
from okr.models import Person, Policy, Reminder, ReminderRound

HOUR = 9
CATCHES_UP_FOR = timedelta(hours=24)
"""After a longer silence people are left alone until the next due day."""


def remind_when_due(now: datetime) -> int:
    """Safe to be called by anybody at any time; how many people were reminded."""
    policy = Policy.load()
    if not policy.reminders_on:
        return 0
    zones = Person.objects.active().order_by().values_list("time_zone", flat=True).distinct()
    due = {zone: last_time(HOUR, now, zone, policy.checkin_weekday) for zone in zones}
    late = {zone: at for zone, at in due.items() if now - at < CATCHES_UP_FOR}
    done = set(ReminderRound.objects.filter(time_zone__in=late).values_list("time_zone", "day"))
    return sum(_remind(zone, at, now) for zone, at in late.items() if (zone, at.date()) not in done)


def _remind(zone: str, due: datetime, now: datetime) -> int:
    """The round and its reminders stand or fall together, so that a crash skips nobody."""
    with transaction.atomic():
        _, first = ReminderRound.objects.get_or_create(
            time_zone=zone, day=due.date(), defaults={"at": now}
        )
        if not first:
            return 0
        return Reminder.objects.remind(Person.objects.active().filter(time_zone=zone), at=now)
