"""Carries what was chosen, on the page or by a script, and notes it for the log."""

from collections.abc import Iterable
from datetime import datetime

from okr.audit import noted
from okr.models import Cycle, Objective, Person
from okr.models.carrying import carry_on
from okr.pages.counting import counted

NOTHING_CHOSEN = "Choose at least one objective."
NOT_OFFERED = "Choose a cycle from the list; the one you chose was closed meanwhile."


def carry_forward(
    cycle: Cycle, chosen: Iterable[Objective], into: Cycle, by: Person, at: datetime
) -> list[Objective]:
    """Answers the new ones."""
    with noted("cycles.carried", cycle, always=True) as note:
        made = carry_on(chosen, into, by, at=at)
        note.say(objectives=counted(len(made), "objective"), into=into)
    return made
