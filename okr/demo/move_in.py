"""Writes the tables into an empty database: a few statements for each kind of row."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from okr.demo import dates, story, story_ends
from okr.demo.administering import administer
from okr.demo.dates import WEEKS_BEHIND
from okr.demo.endings import close, end, go_on
from okr.demo.labels import keep_templates
from okr.demo.people import OKR_ADMINS
from okr.demo.plan import plan
from okr.demo.slip import correct_a_slip
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
        people = hire(units, now)
        past, running = dates.past(today), dates.running(today)
        plan(past, story.PAST, people, units, now)
        plan(running, story.RUNNING, people, units, now)
        end(past.cycle, people, admin=OKR_ADMINS[0])
        close(running.cycle, story_ends.EARLY, running.at(WEEKS_BEHIND, seat=2))
        go_on(past.cycle, running.cycle)
        dates.to_come(today).save()
        keep_templates(running.cycle, people[OKR_ADMINS[0]], now)
        correct_a_slip()
        talk(people, now)
        administer(people, past.cycle, running.cycle, now)
        return Counts(len(people), Objective.objects.count(), KeyResult.objects.count())
