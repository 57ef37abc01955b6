"""My OKRs: what a person owns in a cycle, and where it needs them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from okr.models import Confidence, KeyResult, Objective, Person, Tag
from okr.models.key_result import KeyResultQuerySet
from okr.pages import words
from okr.pages.badges import badges_of
from okr.pages.calendar import Calendar
from okr.pages.check_in_queue import due_words
from okr.pages.rows import Row, lowest, rows_of
from okr.progress import Part, rollup, suggest_confidence


@dataclass(frozen=True, slots=True)
class Card:
    objective: Objective
    rows: list[Row]

    @property
    def confidence(self) -> str:
        return lowest(row.key_result.confidence for row in self.rows)


@dataclass(frozen=True, slots=True)
class Summary:
    progress: Decimal | None
    tone: str
    against_pace: str
    on_track: int
    at_risk: int
    off_track: int
    waiting: int
    total: int

    @property
    def attention(self) -> int:
        return self.at_risk + self.off_track


@dataclass(frozen=True, slots=True)
class MyPage:
    calendar: Calendar
    own: list[Card]
    elsewhere: list[Card]
    summary: Summary
    due: str

    @property
    def total(self) -> int:
        return len(self.own) + len(self.elsewhere)

    @property
    def tags(self) -> list[Tag]:
        """Those on any of the cards, in the order of their names."""
        found = {tag for card in (*self.own, *self.elsewhere) for tag in card.objective.tags.all()}
        return sorted(found, key=lambda tag: tag.key)

    def narrowed(self, tag: Tag) -> "MyPage":
        """Only the cards that bear the tag; the counts stay those of everything."""
        own, elsewhere = (
            [card for card in cards if tag in card.objective.tags.all()]
            for cards in (self.own, self.elsewhere)
        )
        return replace(self, own=own, elsewhere=elsewhere)

    @property
    def can_write(self) -> bool:
        return self.calendar.cycle.closed_at is None


def my_page(person: Person, calendar: Calendar, now: datetime) -> MyPage:
    """A person's objectives, and their key results in the objectives of others."""
    objectives = list(
        Objective.objects.visible_to(person)
        .filter(cycle=calendar.cycle, owner=person)
        .for_cards()
        .prefetch_related("tags")
        .order_by("id")
    )
    rows = rows_of(_key_results(person, calendar, objectives), person, calendar)
    by_objective = defaultdict(list)
    for row in rows:
        by_objective[row.key_result.objective].append(row)
    own = [Card(objective, by_objective.pop(objective, [])) for objective in objectives]
    elsewhere = [Card(objective, found) for objective, found in by_objective.items()]
    summary = _summary(person, own, rows, calendar, now)
    due = due_words(badges_of(person, now).check_ins, now, person.policy.check_in_day)
    return MyPage(calendar, own, elsewhere, summary, due)


def _key_results(person: Person, calendar: Calendar, own: Sequence[Objective]) -> KeyResultQuerySet:
    """Both ways to a key result are columns of its own, so that indexes answer either."""
    return (
        KeyResult.objects.visible_to(person)
        .filter(Q(owner=person) | Q(objective__in=own), objective__cycle=calendar.cycle)
        .select_related("objective__owner", "objective__unit", "objective__closure")
        .prefetch_related("objective__tags")
        .order_by("objective_id", "id")
    )


def _summary(
    person: Person, own: list[Card], rows: list[Row], calendar: Calendar, now: datetime
) -> Summary:
    """Objectives count alike; without one, the key results do."""
    moving = [card.objective.progress for card in own] or [row.key_result.progress for row in rows]
    progress = rollup(Part(each, Decimal(1)) for each in moving)
    judged = [row.key_result.confidence for row in rows]
    return Summary(
        progress=progress,
        tone=suggest_confidence(progress, calendar.expected) if moving else "",
        against_pace=words.against_pace(progress, calendar.expected),
        on_track=judged.count(Confidence.ON_TRACK),
        at_risk=judged.count(Confidence.AT_RISK),
        off_track=judged.count(Confidence.OFF_TRACK),
        waiting=sum(
            row.key_result.owner_id == person.pk and row.can_edit and row.is_waiting(now)
            for row in rows
        ),
        total=len(rows),
    )
