"""Which rows hold a word anywhere in a text: by an index, however many rows there are.

`title__holds="fail"` finds what `title__icontains` finds, and `begins` what `istartswith` finds. On
PostgreSQL the index lists every three letters that follow each other in the column; it needs no
extension, which not everybody may add. Ask for it only where a migration has built the index:
letters are taken apart slowly, row by row.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import BigAutoField, CharField, Lookup, QuerySet
from django.db.models.lookups import IContains, In, IStartsWith

Q = TypeVar("Q", bound=QuerySet[Any, Any])

SHORTEST = 3
FUNCTION = """
CREATE OR REPLACE FUNCTION okr_threes(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
  SELECT coalesce(array_agg(DISTINCT substr(upper(words), place, 3)), '{}')
  FROM generate_series(1, length(words) - 2) AS place
$$
"""


@CharField.register_lookup
class Holds(Lookup):
    lookup_name = "holds"
    row_by_row: type[Lookup] = IContains

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        found, parameters = self.row_by_row(self.lhs, self.rhs).as_sql(compiler, connection)
        return found, tuple(parameters)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        found, parameters = self.as_sql(compiler, connection)
        word = str(self.rhs)
        if len(word) < SHORTEST:
            return found, parameters
        column, own = compiler.compile(self.lhs)
        narrowed = f"(okr_threes({column}) @> okr_threes(%s) AND {found})"
        return narrowed, (*own, word, *parameters)


@CharField.register_lookup
class Begins(Holds):
    lookup_name = "begins"
    row_by_row = IStartsWith


@BigAutoField.register_lookup
class FoundIn(In):
    """As `in` with a query, which PostgreSQL then asks once and by itself: joined to other tables
    it might take letters apart row by row, because it expects few rows."""

    lookup_name = "found_in"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        if connection.vendor != "postgresql":
            return super().get_rhs_op(connection, rhs)
        return f"= ANY (ARRAY {rhs})"


def holding(rows: Q, places: Sequence[tuple[str, str]], words: Iterable[str]) -> Q:
    """Those of the rows that hold each of the words, in any of the places.

    A place is a way, as "owner" or "pk" for the row itself, and a lookup there, as "name__holds".
    """
    everything = rows.model._default_manager.order_by()
    for word in words:
        first, *others = (
            everything.filter((_found_in(way), _at(way, rows).filter((lookup, word)).values("pk")))
            for way, lookup in places
        )
        parts = [each.values("pk") for each in others]
        rows = rows.filter(pk__found_in=first.values("pk").union(*parts))
    return rows


def _found_in(way: str) -> str:
    return "pk__found_in" if way == "pk" else f"{way}__pk__found_in"


def _at(way: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Everything that a way leads to."""
    field: Any = None if way == "pk" else rows.model._meta.get_field(way)
    model = field.related_model if field else rows.model
    everything: QuerySet[Any] = model._default_manager.all()
    return everything


def build(schema_editor: Any, *columns: tuple[str, str]) -> None:
    """An index for each (table, column), beside their writers; one that was cut short anew."""
    if schema_editor.connection.vendor != "postgresql":
        return
    beside = "" if schema_editor.connection.in_atomic_block else " CONCURRENTLY"
    schema_editor.execute(FUNCTION)
    for table, column in columns:
        name = f"{table}_{column}_threes"
        schema_editor.execute(f"DROP INDEX{beside} IF EXISTS {name}")
        schema_editor.execute(
            f"CREATE INDEX{beside} {name} ON {table} USING gin (okr_threes({column}))"
        )
        schema_editor.execute(f"ANALYZE {table}")


def drop(schema_editor: Any, *columns: tuple[str, str]) -> None:
    """The function stays: other tables may go by it."""
    if schema_editor.connection.vendor == "postgresql":
        for table, column in columns:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_{column}_threes")
