"""Tells OKR admins whether anything works in the background, where they look how the sync is."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from config.watch.health import SCHEDULE_LATE, WORKER_LATE
from config.watch.models import Heartbeat, Kind
from okr import slots

SEEN = "The worker was last seen {age}."
GONE = "No worker has been seen {since}. Until one runs, nothing is read and no e-mail is sent."
IDLE = "The worker was last seen {age}, but nothing came from the schedule {since}."
ASK = "Ask whoever runs this application to start it."
NEVER = "so far"


@slots.fill("background.state")
def background(request: HttpRequest) -> SafeString:
    sentence, well = told(Heartbeat.objects.last_seen(), timezone.now())
    context = {"sentence": sentence, "well": well}
    return render_to_string("watch/_background.html", context, request)


def told(seen: dict[str, datetime], now: datetime) -> tuple[str, bool]:
    """A sentence, and whether all is well."""
    worker, schedule = _age(seen, Kind.WORKER, now), _age(seen, Kind.SCHEDULE, now)
    if worker is None or worker > WORKER_LATE:
        return f"{GONE.format(since=_since(worker))} {ASK}", False
    if schedule is None or schedule > SCHEDULE_LATE:
        return f"{IDLE.format(age=_words(worker) + ' ago', since=_since(schedule))} {ASK}", False
    return SEEN.format(age=_words(worker) + " ago"), True


def _age(seen: dict[str, datetime], kind: Kind, now: datetime) -> timedelta | None:
    return max(now - seen[kind], timedelta()) if kind in seen else None


def _since(age: timedelta | None) -> str:
    return NEVER if age is None else f"for {_words(age)}"


def _words(age: timedelta) -> str:
    """12 seconds, 3 minutes, 5 hours, 2 days."""
    seconds = age.total_seconds()
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            return _counted(int(seconds // size), unit)
    return _counted(max(1, round(seconds)), "second")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
