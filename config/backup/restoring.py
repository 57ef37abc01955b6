"""Restores a backup: refuses what cannot be whole, replaces everything, and proves the numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from config.backup import OFTEN, BackupError, Say, schema
from config.backup.manifest import Manifest, Table
from config.backup.moment import check_at_once, unchecked, unhurried
from config.backup.reading import Backup
from config.backup.values import Columns
from config.sealed import Ring, drop_within
from okr import proof
from okr.audit import noted
from okr.models import SignInProvider
from okr.slots import ask
from okr.webhooks import restored as webhooks

BATCH = 2_000
NEWER = (
    "This file has tables of {}, which this version of the product does not have. "
    "Install the version that wrote it ({}) or a newer one, with the same integrations."
)
NO_KEY = (
    "This file has secrets that were sealed by the field key {}, which is not among "
    "PLUMBLINE_FIELD_KEYS. Add that key, or leave the secrets out with --without-secrets."
)
IN_USE = "There are people in this database already. With --replace they make way, with all else."


@dataclass(frozen=True, slots=True)
class Wish:
    """How the file is to be restored."""

    replace: bool = False
    without_secrets: bool = False


def refusal(manifest: Manifest, wish: Wish) -> str:
    """Why the file must not be restored here; empty where it may."""
    if strange := schema.unknown(manifest.migrations):
        return NEWER.format(", ".join(sorted({app for app, _ in strange})), manifest.version)
    if schema.is_in_use() and not wish.replace:
        return IN_USE
    missing = sorted(set(manifest.keys) - set(Ring().keys) - {""})
    if missing and not wish.without_secrets:
        return NO_KEY.format(", ".join(missing))
    return ""


def restore(backup: Backup, wish: Wish, now: datetime, say: Say) -> proof.Result:
    """All or nothing. Raises BackupError."""
    manifest = backup.manifest
    if words := refusal(manifest, wish):
        raise BackupError(words)
    with unhurried(), unchecked(), transaction.atomic():
        schema.keep_migrations_out()
        check_at_once(at_once=True)
        schema.empty_at(manifest.migrations)
        _load_all(backup, say)
        schema.bring_forward()
        with noted("keeping.restored", label=manifest.made_at, always=True):
            webhooks.settle(now, without_secrets=wish.without_secrets)
            if wish.without_secrets:
                drop_within()
                SignInProvider.objects.forget_secrets()
            ask("database.restored", now, without_secrets=wish.without_secrets)
        return proof.derive_everything()


def _load_all(backup: Backup, say: Say) -> None:
    manifest = backup.manifest
    models = {each._meta.label_lower: each for each in schema.models_at(manifest.migrations)}
    check_at_once(at_once=False)
    for table in (each for each in manifest.tables if each.model not in schema.LEFT_OUT):
        model = models[table.model]
        _load(model, table, _counted(backup.lines(table), table, say))
        if model._base_manager.count() != table.rows:
            raise BackupError(f"{table.model} has not the rows of the file. Nothing was restored.")
        if table.rows:
            say(f"{table.model}: {table.rows:,} rows")
    check_at_once(at_once=True)
    connection.check_constraints()
    schema.reset_sequences(models.values())


def _counted(lines: Iterator[bytes], table: Table, say: Say) -> Iterator[bytes]:
    for number, line in enumerate(lines, start=1):
        if number % OFTEN == 0:
            say(f"{table.model}: {number:,} of {table.rows:,} rows so far …")
        yield line


def _load(model: type[Model], table: Table, lines: Iterator[bytes]) -> None:
    columns = Columns(model, table.columns)
    named = ", ".join(connection.ops.quote_name(name) for name in columns.names)
    place = f"{connection.ops.quote_name(model._meta.db_table)} ({named})"
    rows = map(columns.row, lines)
    if connection.vendor == "postgresql":
        _copy(place, rows)
    else:
        _insert(place, len(table.columns), rows)


def _copy(place: str, rows: Iterator[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {place} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(place: str, width: int, rows: Iterator[Sequence[Any]]) -> None:
    statement = f"INSERT INTO {place} VALUES ({', '.join(['%s'] * width)})"  # noqa: S608
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(statement, batch)
