"""Rows poured into a table of PostgreSQL as fast as it takes them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb


@contextmanager
def patient() -> Iterator[None]:
    """A transaction that may take long; rows refer to others that are poured later."""
    with transaction.atomic(), connection.cursor() as cursor:
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {limit} = 0")
        yield


def pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The columns that are not named get what the model gives them."""
    given = {field.attname: field for field in model._meta.local_concrete_fields}
    usual = {name: _usual(field) for name, field in given.items() if name not in columns}
    rest = {name: value for name, value in usual.items() if value is not None}
    names = ", ".join(f'"{given[name].column}"' for name in (*columns, *rest))
    constant = tuple(rest.values())
    statement = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row((*row, *constant))


def _usual(field: "models.Field[Any, Any]") -> Any:
    """None where the database itself knows, or where the column stays empty."""
    if getattr(field, "auto_now_add", False):
        return timezone.now()
    if field.has_db_default() or (field.null and not field.has_default()) or field.primary_key:
        return None
    value = field.get_default()
    return Jsonb(value) if isinstance(field, models.JSONField) else value


def count_on(poured: Iterable[type[models.Model]]) -> None:
    """Ids that were given go on where they end; the planner learns how much there is."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(poured))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")
