"""Reads how long Atlassian asks us to wait; whatever it says, the answer is a sensible number."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST = timedelta(seconds=1)
USUAL = timedelta(seconds=30)
LONGEST = timedelta(minutes=15)


def read_pause(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When to ask again, or None where the headers ask for nothing."""
    asked = headers.get("Retry-After"), headers.get("X-RateLimit-Reset")
    if asked == (None, None):
        return None
    there = _read_moment(headers.get("Date", "")) or now  # the clocks may differ
    pause = _read_retry_after(asked[0] or "", there)
    if pause is None and asked[1]:
        pause = _until(_read_moment(asked[1]), there)
    return now + _sensible(pause)


def _sensible(pause: timedelta | None) -> timedelta:
    return USUAL if pause is None else min(max(pause, SHORTEST), LONGEST)


def _read_retry_after(text: str, there: datetime) -> timedelta | None:
    try:
        seconds = float(text)
    except ValueError:
        return _until(_read_moment(text), there)
    if not math.isfinite(seconds):
        return None
    return timedelta(seconds=min(max(seconds, 0.0), LONGEST.total_seconds()))


def _until(moment: datetime | None, there: datetime) -> timedelta | None:
    return moment - there if moment else None


def _read_moment(text: str) -> datetime | None:
    """An HTTP date, or the ISO date that Atlassian sends; without a zone it is UTC."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(text.strip())
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None
