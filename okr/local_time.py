"""What day and time it is where a person works."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name; the company's for none, and for one that no longer exists."""
    try:
        return ZoneInfo(name or timezone.get_default_timezone_name())
    except (KeyError, ValueError, OSError):
        return ZoneInfo(timezone.get_default_timezone_name())


def local_day(now: datetime, zone: str) -> date:
    return now.astimezone(zone_of(zone)).date()


def last_time(hour: int, now: datetime, zone: str, weekday: int | None = None) -> datetime:
    """When it last struck `hour` there, on any day or on a weekday (Monday is 0)."""
    here = zone_of(zone)
    day = now.astimezone(here).date()
    if datetime.combine(day, time(hour), here) > now:
        day -= timedelta(days=1)
    if weekday is not None:
        day -= timedelta(days=(day.weekday() - weekday) % 7)
    return datetime.combine(day, time(hour), here)
