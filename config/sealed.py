"""Every secret in the database that is sealed by a field key: where it is, and which key opens it.

A column whose name begins with `sealed_` holds nothing else; a test sees to that. Where a library
keeps a secret among other things is said in `WITHIN`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model

BATCH = 200
PREFIX = "sealed_"
WITHIN = {("mfa.authenticator", "data"): ("secret", "seed")}
"""Columns of JSON, as (table, column), and the keys under which they hold something sealed."""


@dataclass(frozen=True, slots=True)
class Column:
    model: type[Model]
    name: str

    def rows(self) -> Iterator[tuple[Any, str]]:
        """Keys of rows and the sealed texts, a batch at a time; what is empty is no secret."""
        filled = self.model._base_manager.exclude(**{self.name: ""}).order_by("pk")
        rows, last = filled.values_list("pk", self.name), 0
        while found := list(rows.filter(pk__gt=last)[:BATCH]):
            yield from found
            last = found[-1][0]

    def replace(self, pk: Any, old: str, new: str) -> None:
        """Unless somebody saved another secret meanwhile."""
        same = self.model._base_manager.filter(pk=pk, **{self.name: old})
        same.update(**{self.name: new})

    def told(self, pk: Any) -> str:
        noun = str(self.model._meta.verbose_name)
        return f"{self.name} of {noun} {pk}, {self.model._base_manager.get(pk=pk)}"


@dataclass(frozen=True, slots=True)
class Within(Column):
    """Secrets under one key of a column of JSON."""

    key: str

    def rows(self) -> Iterator[tuple[Any, str]]:
        filled = self.model._base_manager.filter(**{f"{self.name}__has_key": self.key})
        rows = filled.values_list("pk", self.name).order_by("pk").iterator(chunk_size=BATCH)
        yield from [(pk, whole[self.key]) for pk, whole in rows]

    def replace(self, pk: Any, old: str, new: str) -> None:
        with transaction.atomic():
            locked = self.model._base_manager.select_for_update()
            same = locked.filter(pk=pk, **{f"{self.name}__{self.key}": old})
            for whole in same.values_list(self.name, flat=True):
                same.update(**{self.name: whole | {self.key: new}})

    def drop(self) -> None:
        """The rows go too: without the secret they are of no use."""
        self.model._base_manager.filter(**{f"{self.name}__has_key": self.key}).delete()


@dataclass(frozen=True, slots=True)
class Survey:
    """How many secrets each key opens, by its name, and those that none opens."""

    by_key: Counter[str]
    closed: list[str]

    @property
    def number(self) -> int:
        return self.by_key.total()


@dataclass(frozen=True, slots=True)
class Ring:
    """The field keys in use, newest first, by names that give nothing away."""

    keys: dict[str, Fernet] = field(
        default_factory=lambda: {name_of(key): Fernet(key) for key in settings.FIELD_KEYS}
    )

    @property
    def newest(self) -> str:
        return next(iter(self.keys))

    def opener(self, sealed: str) -> str | None:
        """The name of the key that opens it, if one does."""
        return next((name for name, key in self.keys.items() if opens(key, sealed)), None)

    def survey(self) -> Survey:
        found = Survey(Counter(), [])
        for column in columns():
            for pk, sealed in column.rows():
                if name := self.opener(sealed):
                    found.by_key[name] += 1
                else:
                    found.closed.append(column.told(pk))
        return found

    def rotate(self) -> None:
        """Seals everything by the newest key; ended midway, the next time goes on from there."""
        newest_first = MultiFernet(list(self.keys.values()))
        for column in columns():
            for pk, sealed in column.rows():
                if self.opener(sealed) not in (self.newest, None):
                    column.replace(pk, sealed, newest_first.rotate(sealed.encode()).decode())


def columns() -> list[Column]:
    own = [
        Column(model, column.name)
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.local_concrete_fields
        if column.name.startswith(PREFIX)
    ]
    within = (
        Within(apps.get_model(table), name, key)
        for (table, name), keys in WITHIN.items()
        for key in keys
    )
    return [*own, *within]


def drop_within() -> None:
    """Where a backup is restored without its secrets."""
    for column in columns():
        if isinstance(column, Within):
            column.drop()


def sealed_texts(table: str, name: str, held: Any) -> list[str]:
    """What of a column's content is sealed."""
    if name.startswith(PREFIX):
        return [held] if held else []
    return [held[key] for key in WITHIN.get((table, name), ()) if key in held]


def name_of(key: str) -> str:
    """Tells keys apart without showing anything of them."""
    return sha256(f"field key {key}".encode()).hexdigest()[:12]


def opens(key: Fernet, sealed: str) -> bool:
    try:
        key.decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True
