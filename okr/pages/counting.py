"""Counts and lists in words."""

from collections.abc import Sequence


def counted(number: int, noun: str, many: str = "") -> str:
    """As "1 person" or "2,400 people"; nothing for none."""
    if not number:
        return ""
    return f"{number:,} {noun if number == 1 else many or f'{noun}s'}"


def listed(parts: Sequence[str]) -> str:
    """As "this, that and the other"."""
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last
