"""Whether this program can serve, and whether what works behind it does.

Without its database a web program is of no use: 503, and no requests are sent to it. Without the
queue or a worker people read and edit as ever, and the schedule catches up: that is only told.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.watch.models import Heartbeat, Kind
from config.watch.probing import Probe
from config.watch.queue_length import queue_length
from config.watch.unpooled import own_connection

WORKER_LATE, SCHEDULE_LATE = timedelta(seconds=60), timedelta(minutes=3)
OK, NO_ANSWER, UNKNOWN = "ok", "no answer", "unknown"


@dataclass(frozen=True, slots=True)
class Base:
    """What the database says: nothing where it does not answer."""

    answers: bool = False
    behind: int = 0
    seen: dict[str, datetime] = field(default_factory=dict)

    @property
    def serves(self) -> bool:
        return self.answers and not self.behind

    @property
    def word(self) -> str:
        return OK if self.serves else "not migrated" if self.answers else NO_ANSWER


@dataclass(frozen=True, slots=True)
class Health:
    base: Base
    waiting: int | None
    now: datetime

    @classmethod
    def load(cls) -> "Health":
        """Both at once, so that two that hang take no longer than one."""
        DATABASE.ask()
        return cls(waiting=QUEUE.answer(), base=DATABASE.answer(), now=timezone.now())

    @property
    def parts(self) -> dict[str, str]:
        return {
            "database": self.base.word,
            "queue": NO_ANSWER if self.waiting is None else OK,
            "worker": self._seen(Kind.WORKER, WORKER_LATE),
            "schedule": self._seen(Kind.SCHEDULE, SCHEDULE_LATE),
        }

    @property
    def ready(self) -> bool:
        return self.base.serves

    @property
    def word(self) -> str:
        if not self.ready:
            return "not ready"
        return "ready" if set(self.parts.values()) == {OK} else "degraded"

    def age(self, kind: Kind) -> float | None:
        """Seconds since its last sign of life."""
        seen = self.base.seen.get(kind)
        return max(0.0, (self.now - seen).total_seconds()) if seen else None

    def _seen(self, kind: Kind, late: timedelta) -> str:
        if not self.base.serves:
            return UNKNOWN
        age = self.age(kind)
        if age is None:
            return "never seen"
        return OK if age <= late.total_seconds() else f"last seen {age:.0f} seconds ago"


def ask_database() -> Base:
    with own_connection():
        return look()


def look() -> Base:
    """In two statements; the signs of life have no table before the migrations are done."""
    behind = len(_ours() - _done())
    return Base(True, behind, {} if behind else Heartbeat.objects.last_seen())


def _ours() -> set[tuple[str, str]]:
    """The migrations of this version, by the names of their files: none is imported."""
    folders = [(each.label, Path(each.path) / "migrations") for each in apps.get_app_configs()]
    return {
        (label, file.stem)
        for label, folder in folders
        for file in folder.glob("[!_~]*.py")
        if folder.is_dir()
    }


def _done() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


DATABASE = Probe(ask_database, silence=Base())
QUEUE: Probe[int | None] = Probe(queue_length, silence=None)
