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
SURELY_SMALLER = 19
"""A number of fewer signs."""
SUSPECT = (b"\\u0000", b"\\ud", b"\\uD")
"""NUL and halves of a pair, written out."""
NO_SIGN_OF_A_VALUE = bytes({*range(256)} - {*b",{["})
NO_SIGN_OF_DEPTH = bytes({*range(256)} - {*b'"{}[]'})
MOST_MARKS = 50_000
"""Quotation marks around brackets; of more the pieces would take much memory."""
BYTE_ORDER = b"\xef\xbb\xbf"


class BodyError(Exception):
    """The message says what is wrong with it."""


def decode(body: bytes) -> Any:
    """The JSON value, with every text free of what a database or a page cannot take."""
    if len(body) > MOST_VALUES and len(body.translate(None, NO_SIGN_OF_A_VALUE)) > MOST_VALUES:
        raise BodyError("too many values")
    plain = _plain(body)
    value = _loaded(body if plain is None else plain)
    return _cleaned(value, 0) if plain is None else value


def _loaded(body: bytes | str) -> Any:
    try:
        return json.loads(
            body, parse_float=_finite, parse_int=_bounded, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise BodyError("nested too deeply") from None
    except ValueError:
        raise BodyError("invalid JSON") from None


def _plain(body: bytes) -> str | None:
    """The body as text where no text in it can need cleaning and nothing lies too deep, as in
    nearly every answer: looking for the signs of it takes a fraction of looking at each value."""
    marked = body
    if b"\\" in body:
        if any(sign in body for sign in SUSPECT):
            return None
        marked = body.replace(b"\\\\", b"  ").replace(b'\\"', b"  ")
    if b"\0" in body or body.startswith(BYTE_ORDER):
        return None
    half = LONGEST_TEXT // 2
    if any(marked.find(b'"', at, at + half) < 0 for at in range(0, len(marked) - half, half)):
        return None
    if not _is_shallow(marked):
        return None
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _is_shallow(marked: bytes) -> bool:
    """Whether surely nothing in JSON without escaped quotation marks lies deeper than allowed.

    A bracket stands within a text after an odd number of quotation marks, which two that are
    neighbours do not change. Taking out the innermost brackets of a kind takes one level at most.
    """
    signs = marked.translate(None, NO_SIGN_OF_DEPTH).replace(b'""', b"")
    if signs.count(b'"') > MOST_MARKS:
        return False
    signs = b"".join(signs.split(b'"')[::2])
    for _ in range(DEEPEST // 2):
        if not signs:
            break
        signs = signs.replace(b"{}", b"").replace(b"[]", b"")
    return not signs


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
    if len(text) < SURELY_SMALLER:
        return int(text)
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
