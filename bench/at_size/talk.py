"""What people said to each other, and what they were told: comments, notifications, closures."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from bench.at_size import words
from bench.at_size.copying import pour
from bench.at_size.size import Period
from bench.at_size.staff import ADMIN, Staff
from bench.at_size.tree import Aim
from okr.models import (
    Change,
    Closure,
    Comment,
    Cycle,
    Follow,
    Notification,
    Occasion,
    Outcome,
    Policy,
)
from okr.pages.calendar import end_of
from okr.progress import score

TOLD_EACH, COMMENTED, REMEMBERED = 12, 0.5, 0.5
KINDS = (Occasion.COMMENT, Occasion.FOLLOWED, Occasion.MENTION, Occasion.CONFIDENCE_DROPPED)
Row = tuple[object, ...]


def store(aims: list[Aim], staff: Staff, chance: Random, now: datetime) -> None:
    Policy.load()
    pour(Comment, ("objective_id", "by_id", "at", "words"), _comments(aims, staff, chance, now))
    columns = ("person_id", "kind", "objective_id", "by_id", "at", "words", "read_at")
    pour(Notification, columns, _notifications(aims, staff, chance, now))
    pour(
        Change,
        ("objective_id", "by_id", "at", "field"),
        ((a.pk, a.owner, now, "created") for a in aims),
    )
    pour(Follow, ("person_id", "objective_id"), ((a.owner, a.pk) for a in aims if a.pk % 3 == 0))


def close(aims: list[Aim], cycles: list[Period], chance: Random) -> None:
    """The cycles that are over, with every objective in them."""
    columns = ("objective_id", "by_id", "at", "score", "retrospective", "outcome", "with_cycle")
    over = {period.pk: end_of(period.ends_on) for period in cycles if period.is_over}
    for pk, moment in over.items():
        Cycle.objects.filter(pk=pk).update(closed_at=moment, closed_by=ADMIN)
    rows = (_closure(aim, over[aim.period.pk], chance) for aim in aims if aim.period.is_over)
    pour(Closure, columns, rows)


def _closure(aim: Aim, at: datetime, chance: Random) -> Row:
    said = chance.choice(words.SENTENCES) if chance.random() < REMEMBERED else ""
    return (aim.pk, aim.owner, at, score(aim.progress), said, Outcome.CONTINUE.value, not said)


def _comments(aims: list[Aim], staff: Staff, chance: Random, now: datetime) -> Iterator[Row]:
    for aim in aims:
        if chance.random() < COMMENTED and not aim.hidden:
            by = chance.choice(staff.members).pk
            yield (aim.pk, by, _lately(chance, now), chance.choice(words.SENTENCES))


def _notifications(aims: list[Aim], staff: Staff, chance: Random, now: datetime) -> Iterator[Row]:
    """About what is public; about every second one is read."""
    public = [aim.pk for aim in aims if not aim.hidden]
    for person in staff.members:
        for _ in range(TOLD_EACH):
            by, at = chance.choice(staff.members).pk, _lately(chance, now)
            kind, said = chance.choice(KINDS).value, chance.choice(words.SENTENCES)
            seen = at if chance.random() < REMEMBERED else None
            yield (person.pk, kind, chance.choice(public), by, at, said, seen)


def _lately(chance: Random, now: datetime) -> datetime:
    return now - timedelta(minutes=chance.randint(5, 60 * 24 * 40))
