"""Transactions that take as long as they need, whatever the settings allow a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

LIMITS = ("statement_timeout", "idle_in_transaction_session_timeout")


@contextmanager
def snapshot() -> Iterator[None]:
    """The database as it is at this moment; nobody else has to wait meanwhile."""
    with unhurried(), _readers_transaction(), transaction.atomic():
        if connection.vendor == "postgresql":
            _execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def unhurried() -> Iterator[None]:
    """PostgreSQL ends no statement and no transaction for having taken too long."""
    if connection.vendor != "postgresql":
        yield
        return
    for name in LIMITS:
        _execute(f"SET {name} = 0")
    try:
        yield
    finally:
        for name in LIMITS:
            _execute(f"RESET {name}")


@contextmanager
def unchecked() -> Iterator[None]:
    """SQLite changes tables within a transaction only while references are not checked."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def check_at_once(*, at_once: bool) -> None:
    """On PostgreSQL, whether references are checked as rows are written, or at the end; rows that
    wait for their check would stand in the way of a change to their table."""
    if connection.vendor == "postgresql":
        _execute(f"SET CONSTRAINTS ALL {'IMMEDIATE' if at_once else 'DEFERRED'}")


@contextmanager
def _readers_transaction() -> Iterator[None]:
    """On SQLite the transactions of the product are those of writers."""
    own: Any = connection
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()  # which reads the mode from the settings
    usual, own.transaction_mode = own.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        own.transaction_mode = usual


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
