"""Lets the people of the demo company talk, so that everybody has something to read."""

from datetime import datetime, timedelta

from django.db.models import Model

from okr.demo.story_talk import FOLLOWED, READ_AFTER_HOURS, SAID
from okr.models import CheckIn, Comment, Follow, KeyResult, Notification, Objective, Person
from okr.models.news import dropped, tell_of_check_in

JUDGED_WITHIN = timedelta(days=8)


def talk(people: dict[str, Person], now: datetime) -> None:
    """In the order in which it was said; the same verbs as on the pages."""
    things = _by_title()
    for name, title in FOLLOWED:
        Follow.objects.choose(people[name], things[title], active=True)
    _tell_of_drops(now)
    for row in sorted(SAID, key=lambda said: -said.hours):
        at = now - timedelta(hours=row.hours)
        Comment.objects.say(things[row.about], by=people[row.by], at=at, words=row.words)
    before = now - timedelta(hours=READ_AFTER_HOURS)
    Notification.objects.filter(at__lt=before).update(read_at=before)


def _by_title() -> dict[str, Objective | KeyResult]:
    """Of the running cycle, the last that was written."""
    rows: list[Model] = [*Objective.objects.order_by("pk"), *KeyResult.objects.order_by("pk")]
    return {str(row): row for row in rows if isinstance(row, Objective | KeyResult)}


def _tell_of_drops(now: datetime) -> None:
    recent = CheckIn.objects.filter(at__gte=now - JUDGED_WITHIN).order_by("at", "id")
    for check_in in recent.select_related("key_result__owner__manager", "by"):
        before = check_in.key_result.check_ins.filter(at__lt=check_in.at).first()
        if before and dropped(before.confidence, check_in.confidence):
            tell_of_check_in(check_in, before.confidence)
