"""How far a cycle is in its life, as a glyph and a word."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template import Library
from django.utils import timezone

from okr.models import Cycle

register = Library()


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    glyph: str
    word: str


STAGES = {
    "planned": Stage("planned", "○", "Planned"),
    "running": Stage("running", "▶", "Running"),
    "ended": Stage("ended", "◇", "Ended, not closed"),
    "closed": Stage("closed", "■", "Closed"),
}


@register.inclusion_tag("okr/_cycle_state.html")
def cycle_state(cycle: Cycle, today: date | None = None) -> dict[str, Any]:
    """Its state; one whose days are over says so until somebody closes it."""
    today = today or timezone.localdate()
    state = cycle.state(today)
    over = state == "running" and today > cycle.ends_on
    return {"stage": STAGES["ended" if over else state]}
