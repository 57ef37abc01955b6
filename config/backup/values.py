"""What a column holds as JSON, the same from either database, and back as the database wants it."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

READ: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": UUID,
    "JSONField": lambda value: value,
}
"""Columns of other kinds hold texts and numbers, which are what they are."""
Prepare = Callable[[Any], Any]


def line_of(row: Sequence[Any]) -> str:
    """The same rows make the same line in either database."""
    return json.dumps(row, default=_text, sort_keys=True, separators=(",", ":")) + "\n"


def _text(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"A backup cannot hold {value!r}.")


class Columns:
    """Turns the lines of a table into rows for this database."""

    def __init__(self, model: type[Model], names: Sequence[str]) -> None:
        known = {column.attname: column for column in model._meta.concrete_fields}
        self.names = [str(known[name].column) for name in names]
        prepared = [(place, _prepared(known[name])) for place, name in enumerate(names)]
        self._prepared = [(place, prepare) for place, prepare in prepared if prepare]

    def row(self, line: bytes) -> list[Any]:
        values: list[Any] = json.loads(line)
        for place, prepare in self._prepared:
            if values[place] is not None:
                values[place] = prepare(values[place])
        return values


def _prepared(column: "Field[Any, Any]") -> Prepare | None:
    target = getattr(column, "target_field", column)
    read = READ.get(target.get_internal_type())
    if read is None:
        return None
    return lambda value: target.get_db_prep_save(read(value), connection)
