"""Reads what only the bodies of Jira have: sizes of work, and the issues that a field names."""

from decimal import Decimal
from typing import Any

LARGEST_QUANTITY, SMALLEST_QUANTITY = 10**12, Decimal("1e-9")


def quantity(value: Any) -> Decimal | None:
    """A number of JSON exactly as it was written; what cannot be the size of work is none."""
    if type(value) not in (int, float):
        return None
    read = Decimal(str(value))
    if not read.is_finite() or abs(read) >= LARGEST_QUANTITY:
        return None
    if read and abs(read) < SMALLEST_QUANTITY:
        return None
    return plain(read)


def plain(read: Decimal) -> Decimal:
    """Without needless zeros, so that equal numbers are written alike."""
    return read.quantize(Decimal(1)) if read == read.to_integral_value() else read.normalize()


def names(value: Any) -> list[str]:
    """Of an issue that a field names by its key, or by a part of its body: the id and the key."""
    told = [value.get("id"), value.get("key")] if isinstance(value, dict) else [value]
    return [str(each) for each in told if each and isinstance(each, str | int)]
