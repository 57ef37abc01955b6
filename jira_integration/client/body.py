"""Reads a body from an untrusted server within bounds: bytes, values, depth, numbers, text."""

import json
import math
from typing import Any

LARGEST = 10_000_000
"""Bytes after decompression."""
DEEPEST = 64
MOST_VALUES = 500_000
LONGEST_TEXT = 10_000
LARGEST_WHOLE = 2**63 - 1


class BodyError(Exception):
    """The message says what is wrong with it."""


def decode(body: bytes) -> Any:
    """The JSON value, with every text free of what a database or a page cannot take."""
    if sum(body.count(sign) for sign in (b",", b"{", b"[")) > MOST_VALUES:
        raise BodyError("too many values")
    try:
        value = json.loads(
            body, parse_float=_finite, parse_int=_bounded, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise BodyError("nested too deeply") from None
    except ValueError:
        raise BodyError("invalid JSON") from None
    return _cleaned(value, 0)


def clean(text: str) -> str:
    """Without NUL, which PostgreSQL refuses, and lone surrogates, which no encoding takes."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\0", "")[:LONGEST_TEXT]


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BodyError("a number that is not finite")
    return number


def _bounded(text: str) -> int:
    if len(text) > 20 or abs(int(text)) > LARGEST_WHOLE:
        raise BodyError("a number that is too large")
    return int(text)


def _refuse_constant(text: str) -> None:
    raise BodyError(f"{text} is not a number")


def _cleaned(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | dict):
        if depth >= DEEPEST:
            raise BodyError("nested too deeply")
        places = value.keys() if isinstance(value, dict) else range(len(value))
        for place in places:
            value[place] = _cleaned(value[place], depth + 1)
    return value
