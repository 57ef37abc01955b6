"""What an address may be asked behind its question mark; anything else is refused by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from okr.api.paging import MOST, USUAL
from okr.api.shapes import Body

GREATEST = 2**63 - 1
Narrow = str | Callable[[Any, Any], Any]


class Number(serializers.IntegerField):
    """Of a row, wherever it stands."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": GREATEST, **kwargs})


def narrower(**kwargs: Any) -> Any:
    """The number of a row to which those of a list belong."""
    return Number(required=False, **kwargs)


class Asked(Body):
    narrows: ClassVar[Mapping[str, Narrow]] = {}
    """What leaves rows out, by name: a lookup, or what is done to rows with what was asked. It sees
    only rows that the caller sees, so what names something unseen finds nothing."""

    fields: Any = serializers.CharField(
        required=False,
        trim_whitespace=False,
        help_text="Names between commas; the others are left out.",
    )

    def _wrong(self, name: str, value: Any) -> Iterable[str]:  # noqa: ARG002
        """An address holds nothing but words."""
        return ()

    @classmethod
    def narrowed(cls, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        for name, narrow in cls.narrows.items():
            if name in asked:
                rows = _narrowed(rows, narrow, asked[name])
        return rows


class AskedOfRows(Asked):
    """A list adds fields of its own, and narrows its rows by them."""

    limit = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=f"{USUAL} unless told.",
    )
    cursor = serializers.CharField(
        required=False, help_text="Of the page before, as its `next` has it."
    )


class AskedOfFile(Asked):
    """Of a file no fields are left out."""

    leaves_out: ClassVar[Sequence[str]] = ("fields",)

    def get_fields(self) -> Any:
        asked = super().get_fields().items()
        return {name: each for name, each in asked if name not in self.leaves_out}


def _narrowed(rows: QuerySet[Any], narrow: Narrow, told: Any) -> QuerySet[Any]:
    return rows.filter(**{narrow: told}) if isinstance(narrow, str) else narrow(rows, told)
