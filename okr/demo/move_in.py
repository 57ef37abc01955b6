"""Writes the tables into an empty database: a few statements for each kind of row."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from okr.demo import dates, story
from okr.demo.plan import plan
from okr.demo.staff import hire, open_units
from okr.demo.talk import talk
from okr.models import KeyResult, Objective


@dataclass(frozen=True, slots=True)
class Counts:
    people: int
    objectives: int
    key_results: int


def move_in(now: datetime) -> Counts:
    """Fills an empty database, or nothing at all; the same company whenever on that day."""
    today = timezone.localdate(now)
    with transaction.atomic():
        units = open_units()
        people = hire(units)
        plan(dates.past(today), story.PAST, people, units, now)
        plan(dates.running(today), story.RUNNING, people, units, now)
        talk(people, now)
        return Counts(len(people), Objective.objects.count(), KeyResult.objects.count())
