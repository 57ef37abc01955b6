"""Appends many rows, or writes a few of their columns, at once: the cost hardly grows with them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models

BATCH = 500


def append_together(rows: Sequence[models.Model]) -> None:
    """As they come, without learning their numbers; a stream where the database takes one."""
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(_quoted(str(field.column)) for field in fields)
    columns = [_values(rows, field) for field in fields]
    statement = f"COPY {_quoted(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for row in zip(*columns, strict=True):
            stream.write_row(row)


def write_together(rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    """Where the database takes arrays that is one statement; elsewhere as Django does it."""
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "postgresql":
        model._default_manager.bulk_update(rows, columns, batch_size=BATCH)
        return
    known = {field.name: field for field in model._meta.concrete_fields}
    fields = [known[name] for name in (str(model._meta.pk and model._meta.pk.name), *columns)]
    names = [_quoted(str(field.column)) for field in fields]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    written = ", ".join(f"{name} = new.{name}" for name in names[1:])
    table = _quoted(model._meta.db_table)
    statement = (
        f"UPDATE {table} SET {written} FROM unnest({arrays}) AS new({', '.join(names)})"  # noqa: S608
        f" WHERE {table}.{names[0]} = new.{names[0]}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(_values(rows, field)) for field in fields])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _values(rows: Sequence[models.Model], field: "models.Field[Any, Any]") -> Iterator[object]:
    """What many rows share is prepared once."""
    known: dict[int, object] = {}
    for row in rows:
        value = getattr(row, field.attname)
        if id(value) not in known:
            known[id(value)] = field.get_db_prep_save(value, connection)
        yield known[id(value)]
