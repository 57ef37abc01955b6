"""Says how old a reading is, in the words that a person would use."""

from datetime import datetime, timedelta
from typing import Literal

from django.utils import timezone

State = Literal["fresh", "ageing", "stale"]
STALE_TIMES = 3


def words(moment: datetime, now: datetime, state: State = "fresh") -> str:
    """ "3 min ago", today "from 09:40", before "from 12 May", with the year where it differs.

    What is stale is never said to be from just now, however young it is.
    """
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1 and state != "stale":
        return "just now"
    if 1 <= minutes < 60:
        return f"{minutes} min ago"
    here, today = timezone.localtime(moment), timezone.localtime(now)
    if here.date() == today.date():
        return f"from {here:%H:%M}"
    return f"from {here:%-d %B}" if here.year == today.year else f"from {here:%-d %B %Y}"


def state(moment: datetime, now: datetime, stale_after: timedelta | None) -> State:
    """Fresh until `stale_after`, then ageing, and stale at three times that."""
    if stale_after is None or now - moment <= stale_after:
        return "fresh"
    return "ageing" if now - moment <= STALE_TIMES * stale_after else "stale"
