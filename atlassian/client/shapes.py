"""Reads single places of a decoded body; a wrong type is said, never guessed around."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T")

LARGEST_ID = 2**63 - 1
DIGITS = 19
NAME_LENGTH = 255


class ShapeError(Exception):
    """The message names the place."""


def table(body: Any, name: str) -> dict[str, Any]:
    value = _part(body, name)
    if not isinstance(value, dict):
        raise ShapeError(name)
    return value


def rows(body: Any, name: str) -> list[Any]:
    value = _part(body, name)
    if not isinstance(value, list):
        raise ShapeError(name)
    return value


def text(body: Any, name: str) -> str:
    """A short text; empty where there is none."""
    value = _part(body, name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ShapeError(name)
    return value if len(value) <= NAME_LENGTH else value[:NAME_LENGTH]


def required(body: Any, name: str) -> str:
    value = text(body, name)
    if not value:
        raise ShapeError(name)
    return value


def number(body: Any, name: str) -> int:
    """A whole number from 0; most ids are written as text."""
    value = _part(body, name)
    if isinstance(value, str) and len(value) <= DIGITS and value.isascii() and value.isdigit():
        value = int(value)
    if type(value) is not int or not 0 <= value <= LARGEST_ID:
        raise ShapeError(name)
    return value


def moment(value: Any) -> datetime | None:
    """As in 2026-11-03T10:15:00.000+0200, or with a Z at the end."""
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return read if read.tzinfo else None


def _part(body: Any, name: str) -> Any:
    if not isinstance(body, dict):
        raise ShapeError(f"around {name}")
    return body.get(name)


def readable(bodies: list[Any], read: Callable[[Any], T]) -> list[T]:
    """Those that can be read, where one odd row must not spoil a list."""
    found = []
    for body in bodies:
        with suppress(ShapeError):
            found.append(read(body))
    return found
