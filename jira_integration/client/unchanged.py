"""Passes over the issues of an answer that are told to the letter as the last time.

Most of them are, in a reading that is repeated every minute. Looking at their letters takes a
fraction of parsing them; whatever is not the same is read as ever.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from atlassian.client.shapes import ShapeError, number
from okr.outgoing import BodyError, decode

LookUp = Callable[[Collection[int | str]], Mapping[str, int]]
"""The fingerprints as which some issues are known, with their numbers."""
FIRST = re.compile(rb'"issues":\[(\{"[A-Za-z]+":)')
DIGITS = 32


@dataclass(frozen=True, slots=True)
class Sifted:
    """An answer without the issues that are the `same`; `fingerprints` of others, by number."""

    body: Any
    same: set[int] = field(default_factory=set)
    fingerprints: dict[int, str] = field(default_factory=dict)


def whole(body: bytes) -> Sifted:
    return Sifted(decode(body))


def sift(body: bytes, known: Mapping[str, int]) -> Sifted:
    """Passes over what is known. An answer that is not laid out as expected is parsed whole.

    Each issue begins with the same name, that of the first. Within a text of JSON that cannot
    stand, since its quotation mark would be escaped. The last issue is always read: where it ends,
    the rest of the answer goes on.
    """
    first = FIRST.search(body)
    if first is None:
        return whole(body)
    begins, between = first[1], b"}," + first[1]
    *pieces, last = body[first.end() :].split(between)
    named = [(sha256(piece).hexdigest()[:DIGITS], piece) for piece in pieces]
    new = [(name, piece) for name, piece in named if name not in known]
    try:
        rest = decode(body[: first.end()] + between.join([*(piece for _, piece in new), last]))
        rows = rest["issues"]
    except (BodyError, KeyError, TypeError):
        return whole(body)
    if not isinstance(rows, list) or len(rows) != len(new) + 1:
        return whole(body)
    same = {known[name] for name, _ in named if name in known}
    return Sifted(rest, same, _fingerprints(rows, new, begins))


def _fingerprints(
    rows: Sequence[Any], pieces: Sequence[tuple[str, bytes]], begins: bytes
) -> dict[int, str]:
    """Of the pieces that are an issue by themselves."""
    found = {}
    for row, (name, piece) in zip(rows, pieces, strict=False):
        try:
            if decode(begins + piece + b"}") == row:
                found[number(row, "id")] = name
        except (BodyError, ShapeError):
            continue
    return found
