"""Migrations beside a product that runs: never a long wait for a lock, and one migration at a time.

A statement that waits for a table makes everybody behind it wait too. So it gives up after two
seconds, and what it began is begun again; what is done already stays done.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import sleep

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg.errors import LockNotAvailable

OURS = 7_526_481  # any number, the same in every version
TRIES = 60
PAUSES = (1.0, 2.0, 5.0)  # seconds; the last one from then on
WAITS = {
    "lock_timeout": "0",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
HASTY = "2s"


@contextmanager
def one_at_a_time(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """A second migration waits here until the first has ended, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'current_setting({name!r})' for name in WAITS)}")
        before = dict(zip(WAITS, cursor.fetchone() or (), strict=True))
        let_wait(cursor, WAITS)
        cursor.execute("SELECT pg_advisory_lock(%s)", [OURS])
        let_wait(cursor, {"lock_timeout": HASTY})
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [OURS])
            let_wait(cursor, before)


def let_wait(cursor: CursorWrapper, limits: Mapping[str, str]) -> None:
    for name, limit in limits.items():
        cursor.execute("SELECT set_config(%s, %s, false)", [name, limit])


def patiently(work: Callable[[], object], pause: Callable[[float], None] = sleep) -> None:
    """Does the work, again where it had to wait for a lock; raises that after the last try."""
    for number in range(TRIES):
        try:
            work()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable) or number == TRIES - 1:
                raise
        else:
            return
        pause(PAUSES[min(number, len(PAUSES) - 1)])
