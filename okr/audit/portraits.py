"""How a row stood, in words: only the columns that its noun lists, and of a secret only that it is
another one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone

MOST_LETTERS = 1_000
SET, KEPT, CHANGED = "set, not shown", "not shown", "changed, not shown"
Row = list[str]
Portrait = Mapping[str, "str | Secret"]


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """Something that can only be compared."""

    value: object


@dataclass(frozen=True, slots=True)
class Column:
    """What a reader knows it by, and how it reads in a row; `read` answers anything or a Secret."""

    label: str
    read: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Noun:
    """What the log may tell of the rows of a model; a column that is not listed is never told."""

    model: type[Model]
    kind: str
    columns: tuple[Column, ...]


def columns(**labels: str) -> tuple[Column, ...]:
    """Columns of a model by their labels."""
    return tuple(Column(label, _reader(name)) for name, label in labels.items())


def secret(label: str, name: str) -> Column:
    """A column of which is told that it was set or changed; nothing of what is in it."""
    return Column(label, lambda row: Secret(getattr(row, name)))


def stored(about: Model | None) -> Model | None:
    """The row as it stands in the database, whatever a form has made of this copy meanwhile."""
    if about is None or about.pk is None:
        return None
    return about.__class__._base_manager.filter(pk=about.pk).first()


def portrait(noun: Noun | None, row: Model | None) -> Portrait:
    if noun is None or row is None:
        return {}
    return {column.label: _told(column.read(row)) for column in noun.columns}


def differences(before: Portrait, after: Portrait) -> list[Row]:
    """[column, before, after] for each that differs."""
    labels = dict.fromkeys((*before, *after))
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [[label, *_sides(old, new)] for label, old, new in pairs if old != new]


def _sides(old: str | Secret, new: str | Secret) -> tuple[str, str]:
    if isinstance(new, Secret):
        return (KEPT, CHANGED) if isinstance(old, Secret) else ("", SET)
    if isinstance(old, Secret):
        return KEPT, ""
    return old, new


def _reader(name: str) -> Callable[[Any], object]:
    def read(row: Any) -> object:
        shown = getattr(row, f"get_{name}_display", None)
        return shown() if shown else getattr(row, name)

    return read


def _told(value: object) -> str | Secret:
    return value if isinstance(value, Secret) else in_words(value)


def in_words(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case datetime():
            local = timezone.localtime(value, timezone.get_default_timezone())
            return f"{local:%-d %B %Y, %H:%M}"
        case date():
            return f"{value:%-d %B %Y}"
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return shortened(str(value), MOST_LETTERS)


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
