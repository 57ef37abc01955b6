"""That somebody was asked to check in: a row a day, so that nobody is asked twice."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Count

from okr.local_time import local_day
from okr.models.due import waiting
from okr.models.key_result import KeyResult
from okr.models.notification import Notification
from okr.models.person import Person
from okr.models.preference import Occasion

BATCH = 500


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def remind(self, people: Iterable[Person], *, by: Person | None = None, at: datetime) -> int:
        """Asks those to check in who have key results due; how many were asked.

        Who was asked on that day of theirs already, by the calendar or by anybody, is left alone.
        `by` is the manager who pressed the button; None is the calendar.
        """
        due = waiting_for((each for each in people if each != by), at)
        claim = uuid4()
        rows = [
            Reminder(person=each, day=local_day(at, each.time_zone), by=by, at=at, claim=claim)
            for each in due
        ]
        with transaction.atomic():
            self.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
            ours = list(self.filter(claim=claim).select_related("person"))
            _tell(ours, due, by, at)
        return len(ours)

    def remindable(self, people: Iterable[Person], at: datetime) -> list[Person]:
        """Those whom `remind` would ask now."""
        due = waiting_for(people, at)
        asked = set(self.filter(person__in=due).values_list("person_id", "day"))
        return [each for each in due if (each.pk, local_day(at, each.time_zone)) not in asked]

    def older_than(self, moment: datetime) -> Self:
        return self.filter(day__lt=moment.date())


class Reminder(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField(help_text="In the person's time zone.")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    claim = models.UUIDField(db_index=True, help_text="Which attempt won the day.")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return f"{self.person} on {self.day}"


class ReminderRoundQuerySet(models.QuerySet["ReminderRound"]):
    def older_than(self, moment: datetime) -> Self:
        return self.filter(day__lt=moment.date())


class ReminderRound(models.Model):
    """That the calendar has reminded everybody of a time zone on a due day."""

    time_zone = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    at = models.DateTimeField()

    objects = ReminderRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["time_zone", "day"], name="one_round_a_due_day")
        ]

    def __str__(self) -> str:
        return f"{self.time_zone or 'the company'} on {self.day}"


def waiting_for(people: Iterable[Person], at: datetime) -> dict[Person, int]:
    """Who has key results due for a check-in, and how many."""
    once = {each.pk: each for each in people if each.is_active}
    due = KeyResult.objects.filter(waiting(at), owner__in=once).order_by()
    counts = due.values_list("owner").annotate(Count("pk"))
    return {once[owner]: count for owner, count in counts}


def _tell(
    reminders: list[Reminder], due: dict[Person, int], by: Person | None, at: datetime
) -> None:
    """A few statements for each number of key results that people have due."""
    alike = defaultdict(list)
    for reminder in reminders:
        alike[due[reminder.person], reminder.day].append(reminder.person)
    for (count, day), people in alike.items():
        words = "1 key result is due." if count == 1 else f"{count} key results are due."
        kind, key = Occasion.CHECK_IN_DUE, f"check-in-due-{day}"
        Notification.objects.tell(people, kind, by=by, at=at, words=words, key=key)
