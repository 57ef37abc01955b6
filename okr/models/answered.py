"""Reminders that are answered: who has nothing due any more need not read that something was."""

from datetime import datetime

from django.apps import apps

from okr.models.due import waiting
from okr.models.notification import Notification
from okr.models.person import Person
from okr.models.preference import Occasion


def answer_reminders(person: Person, at: datetime) -> None:
    reminders = Notification.objects.filter(person=person, kind=Occasion.CHECK_IN_DUE).unread()
    key_results = apps.get_model("okr", "KeyResult").objects
    if reminders.exists() and not key_results.filter(waiting(at), owner=person).exists():
        reminders.update(read_at=at)
