"""Migrations beside a product that runs: never a long wait for a lock, and one migration at a time.

A statement that waits for a table makes everybody behind it wait too. So it gives up after two
seconds, and what it began is begun again; what is done already stays done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep

from django.db import OperationalError
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg.errors import LockNotAvailable

OURS = 7_526_481  # any number, the same in every version
TRIES = 60
PAUSES = (1.0, 2.0, 5.0)  # seconds; the last one from then on
ALONE = "SET lock_timeout = 0", "SET statement_timeout = 0", f"SELECT pg_advisory_lock({OURS})"
HASTY = "SET lock_timeout = '2s'", "SET idle_in_transaction_session_timeout = 0"


@contextmanager
def one_at_a_time(connection: DatabaseWrapper) -> Iterator[None]:
    """A second migration waits here until the first has ended, however it ends."""
    with connection.cursor() as cursor:
        for statement in (*ALONE, *HASTY):
            cursor.execute(statement)
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()  # the session would go on holding the lock there


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
