"""The page of a unit: its own objectives first, then its people with theirs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from okr.models import CheckIn, KeyResult, Level, Objective, Person, Unit
from okr.models.key_result import KeyResultQuerySet
from okr.pages import words
from okr.pages.calendar import Calendar, end_of
from okr.pages.counts import Tally, chosen, counts
from okr.pages.my import Card
from okr.pages.rows import lowest, rows_of
from okr.pages.standing import standings_now
from okr.pages.teams import Team, teams
from okr.pages.units import UnitTree, at_home_in
from okr.progress import suggest_confidence

PEOPLE_A_PAGE = 20
MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the unit and what they own."""

    person: Person
    cards: list[Card]

    @property
    def confidence(self) -> str:
        return lowest(card.confidence for card in self.cards)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the cycle: what was noted in it, and how many check-ins there were."""

    number: int
    first: date
    last: date
    notes: list[CheckIn]
    total: int
    has_next: bool

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1


@dataclass(frozen=True, slots=True)
class TeamPage:
    unit: Unit
    calendar: Calendar
    above: list[Unit]
    below: list[Team]
    progress: Decimal | None
    tallies: list[Tally]
    own: list[Card]
    members: list[Member]
    people: "Page[Person]"
    week: Week | None
    filtered: str
    can_write: bool

    @property
    def tone(self) -> str:
        """By the pace alone, as the number is one for all readers."""
        return suggest_confidence(self.progress, self.calendar.expected)

    @property
    def against_pace(self) -> str:
        return words.against_pace(self.progress, self.calendar.expected)

    @property
    def filter_label(self) -> str:
        return next((each.label for each in self.tallies if each.value == self.filtered), "")

    @property
    def total(self) -> int:
        return self.tallies[0].total

    @property
    def with_objectives(self) -> list[Member]:
        return [member for member in self.members if member.cards]

    @property
    def without_objectives(self) -> list[Person]:
        return [member.person for member in self.members if not member.cards]

    @property
    def is_empty(self) -> bool:
        return not (self.own or self.with_objectives or self.filtered)


def key_results_of(units: Iterable[int], person: Person, calendar: Calendar) -> KeyResultQuerySet:
    """What belongs to these units, as far as the person may see it."""
    visible = KeyResult.objects.visible_to(person).filter(objective__cycle=calendar.cycle)
    return visible.filter(at_home_in(set(units), "objective"))


def team_page(
    unit: Unit,
    person: Person,
    calendar: Calendar,
    now: datetime,
    *,
    filtered: str = "",
    week: int = 0,
    number: str | None = None,
) -> TeamPage:
    tree = UnitTree()
    standings = standings_now(tree, calendar.cycle)
    found = key_results_of([unit.pk], person, calendar)
    kept = found.filter(chosen(filtered, now)) if filtered else None
    people = Paginator(_people(unit, person, calendar, kept), PEOPLE_A_PAGE).get_page(number)
    cards = _cards(unit, person, calendar, people, kept)
    return TeamPage(
        unit=unit,
        calendar=calendar,
        above=tree.above(unit),
        below=teams(person, calendar, tree.below(unit), standings),
        progress=next(iter(standings.of(unit)), None),
        tallies=counts(found, now, "Not checked in this week"),
        own=cards.pop(None, []) if people.number == 1 else [],
        members=[Member(each, cards.get(each.pk, [])) for each in people],
        people=people,
        week=week_of(calendar, week, found) if week else None,
        filtered=filtered,
        can_write=person.may_create(Level.UNIT, unit) and calendar.cycle.closed_at is None,
    )


def _people(
    unit: Unit, person: Person, calendar: Calendar, kept: KeyResultQuerySet | None
) -> "QuerySet[Person]":
    """Who works there, and who has left with something in the cycle that the person may see."""
    here: QuerySet[Person] = Person.objects.filter(unit=unit).order_by("name", "id")
    if kept is not None:
        return here.filter(pk__in=kept.values("objective__owner"))
    visible = Objective.objects.visible_to(person).filter(cycle=calendar.cycle)
    left = visible.filter(owner__unit=unit, owner__is_active=False)
    return here.filter(Q(is_active=True) | Q(pk__in=left.values("owner")))


def _cards(
    unit: Unit,
    person: Person,
    calendar: Calendar,
    people: Iterable[Person],
    kept: KeyResultQuerySet | None,
) -> dict[int | None, list[Card]]:
    """By owner; the unit's own under None. With a filter, only what holds a kept key result."""
    shown = Q(level=Level.UNIT, unit=unit) | ~Q(level=Level.UNIT) & Q(owner__in=list(people))
    visible = Objective.objects.visible_to(person).filter(shown, cycle=calendar.cycle)
    objectives = list(visible.for_cards().order_by("owner__name", "id"))
    all_rows = KeyResult.objects.all() if kept is None else kept
    of_these = all_rows.filter(objective__in=[each.pk for each in objectives])
    rows = defaultdict(list)
    for row in rows_of(of_these.order_by("objective_id", "id"), person, calendar):
        rows[row.key_result.objective_id].append(row)
    cards: dict[int | None, list[Card]] = defaultdict(list)
    for each in objectives:
        if kept is None or each.pk in rows:
            owner = None if each.level == Level.UNIT else each.owner_id
            cards[owner].append(Card(each, rows[each.pk]))
    return cards


def week_of(calendar: Calendar, number: int, key_results: KeyResultQuerySet) -> Week | None:
    """A week of the cycle that has begun, the newest notes first."""
    latest, _ = calendar.cycle.week(calendar.today)
    if not 1 <= number <= latest:
        return None
    first = calendar.cycle.starts_on + timedelta(weeks=number - 1)
    last = min(first + timedelta(days=6), calendar.cycle.ends_on)
    start, end = end_of(first - timedelta(days=1)), end_of(last)
    judged = CheckIn.objects.standing().filter(key_result__in=key_results)
    said = judged.filter(at__gt=start, at__lte=end)
    rows = said.exclude(note="").select_related("by", "key_result", "measurement")
    notes, total = list(rows[:MOST_NOTES]), said.count()
    return Week(number, first, last, notes, total, has_next=number < latest)
