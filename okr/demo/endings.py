"""Writes how a cycle of the demo company ended, and ties what goes on to what it comes from."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from okr.demo import story_ends
from okr.demo.plan import People
from okr.demo.tables import EndRow, ReviewRow
from okr.models import Closure, Cycle, KeyResult, Objective, Review

SCALE = 5


def end(cycle: Cycle, people: People, admin: str) -> None:
    """Everything in the closed cycle; what nobody spoke about was closed with it."""
    closed_at = cycle.closed_at
    if closed_at is None:
        raise ValueError(f"{cycle} is still open")
    Cycle.objects.filter(pk=cycle.pk).update(closed_by=people[admin])
    close(cycle, story_ends.ENDS, closed_at - timedelta(days=2, hours=5))
    Closure.objects.close_the_rest(cycle.pk, people[admin], closed_at)
    _review(cycle, people, story_ends.REVIEWS, closed_at - timedelta(days=1))


def close(cycle: Cycle, rows: Iterable[EndRow], at: datetime) -> None:
    objectives = _by_title(cycle)
    Closure.objects.bulk_create(
        Closure(
            objective=objectives[row.title],
            by=objectives[row.title].owner,
            at=at,
            score=Decimal(row.score),
            retrospective=row.words,
            outcome=row.outcome,
        )
        for row in rows
    )


def go_on(past: Cycle, running: Cycle) -> None:
    before, after = _by_title(past), _by_title(running)
    for title, earlier in story_ends.GO_ON.items():
        after[title].carried_from = before[earlier]
    Objective.objects.bulk_update([after[title] for title in story_ends.GO_ON], ["carried_from"])
    for title, earlier in story_ends.KEY_RESULTS_GO_ON.items():
        source = KeyResult.objects.get(title=earlier, objective__cycle=past)
        KeyResult.objects.filter(title=title, objective__cycle=running).update(carried_from=source)


def _review(cycle: Cycle, people: People, rows: Iterable[ReviewRow], at: datetime) -> None:
    objectives = _by_title(cycle)
    Review.objects.bulk_create(
        Review(
            objective=objectives[row.title],
            reviewer=people[row.reviewer],
            at=at,
            rating=row.rating,
            scale=SCALE,
            comment=row.words,
            outcome=row.outcome,
        )
        for row in rows
    )


def _by_title(cycle: Cycle) -> dict[str, Objective]:
    return {each.title: each for each in cycle.objectives.select_related("owner")}
