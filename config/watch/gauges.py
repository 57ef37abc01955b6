"""What stands in the database and in the queue, as numbers for Prometheus: read when it asks.

However many web processes there are, each answers the same.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from config.watch import counts
from config.watch.health import OK, WORKER_LATE, Health
from config.watch.models import Heartbeat, Kind
from config.watch.probing import Probe
from config.watch.unpooled import own_connection
from okr import slots
from okr.slots import Series

KEPT = 5.0  # seconds
PAGE = 4096


def every_gauge() -> list[Series]:
    """Those of the database are missing where it does not answer."""
    health = Health.load()
    return [*of_health(health), *of_web(), *(STORED.answer() if health.ready else [])]


def of_health(health: Health) -> Iterator[Series]:
    parts: dict[tuple[str, ...], float] = {
        (part,): float(word == OK) for part, word in health.parts.items()
    }
    yield Series("plumbline_part_up", "1 where a part is well, else 0.", ("part",), parts)
    yield one("plumbline_queue_length", "Messages that wait for a worker.", health.waiting)
    yield one(
        "plumbline_worker_heartbeat_age_seconds",
        "Seconds since any worker was seen.",
        health.age(Kind.WORKER),
    )
    yield one(
        "plumbline_schedule_tick_age_seconds",
        "Seconds since a worker carried out a tick of the schedule.",
        health.age(Kind.SCHEDULE),
    )


def of_web() -> Iterator[Series]:
    pids = counts.alive(settings.NUMBERS_FOLDER)
    yield one("plumbline_web_processes", "Web processes that have answered.", len(pids))
    words = "Memory that these processes hold together, in bytes."
    yield one("plumbline_web_resident_bytes", words, sum(map(resident, pids)))


def resident(pid: int) -> int:
    """As Linux tells it; 0 where it does not, or where the process has just ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def stored() -> list[Series]:
    """What is asked of the database here, and by each integration."""
    now = timezone.now()
    lively = Heartbeat.objects.filter(kind=Kind.WORKER, seen_at__gt=now - WORKER_LATE)
    workers = one("plumbline_workers", "Workers that were seen of late.", lively.count())
    return [workers, *(each for found in slots.ask("watch.numbers", now) for each in found)]


def ask_database() -> list[Series]:
    with own_connection():
        return stored()


def one(name: str, words: str, value: float | None) -> Series:
    """Without labels; nothing where it is not known."""
    return Series(name, words, (), {} if value is None else {(): float(value)})


STORED: Probe[list[Series]] = Probe(ask_database, silence=[], kept=KEPT)
