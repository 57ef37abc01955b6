"""Teams: the tree of units with their people, objectives and confidence."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from okr.models import Confidence, KeyResult, Objective, Person, Unit
from okr.models.policy import told_outside
from okr.pages.calendar import Calendar
from okr.pages.standing import StandingsNow, standings_now
from okr.pages.units import Place, UnitTree, home, with_leads
from okr.progress import suggest_confidence

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Team:
    """A unit as a row: its people and objectives are counted with those of the units below."""

    place: Place
    people: int
    objectives: int
    judged: Counter[str]
    progress: Decimal | None
    tone: str

    @property
    def unit(self) -> Unit:
        return self.place.unit

    @property
    def is_judged(self) -> bool:
        return any(self.judged[word] for word in Confidence.values)

    @property
    def on_track(self) -> int:
        return self.judged[Confidence.ON_TRACK]

    @property
    def at_risk(self) -> int:
        return self.judged[Confidence.AT_RISK]

    @property
    def off_track(self) -> int:
        return self.judged[Confidence.OFF_TRACK]


@dataclass(frozen=True, slots=True)
class Tallies:
    """What there is in each unit alone, as far as the reader may see it."""

    people: Counter[int | None]
    objectives: Counter[int | None]
    judged: dict[str, Counter[int | None]]


def teams_page(person: Person, calendar: Calendar, number: str | None) -> "Page[Team]":
    """One page of all units from the top down."""
    tree = UnitTree()
    page: Page[Any] = Paginator(tree.places(), A_PAGE).get_page(number)
    standings = standings_now(tree, calendar.cycle)
    page.object_list = teams(person, calendar, list(page), standings)
    return page


def teams(
    person: Person,
    calendar: Calendar,
    places: Sequence[Place],
    standings: StandingsNow,
    *,
    for_everybody: bool = False,
) -> list[Team]:
    """These units; the cost does not depend on how many there are. For everybody, only what may be
    told outside the product is counted."""
    if not places:
        return []
    tree, pace = standings.tree, calendar.expected
    tallies = _tallies(person, calendar, for_everybody=for_everybody)
    shown = with_leads(places)
    return [_team(place, tree, standings.of(place.unit), tallies, pace) for place in shown]


def _team(
    place: Place, tree: UnitTree, line: Sequence[Decimal | None], tallies: Tallies, pace: Decimal
) -> Team:
    within, progress = tree.within(place.unit), line[0] if line else None
    return Team(
        place=place,
        people=_sum(tallies.people, within),
        objectives=_sum(tallies.objectives, within),
        judged=Counter({word: _sum(each, within) for word, each in tallies.judged.items()}),
        progress=progress,
        tone=suggest_confidence(progress, pace) if line else "",
    )


def _sum(counts: Counter[int | None], units: Iterable[int]) -> int:
    return sum(counts[unit] for unit in units)


def _tallies(person: Person, calendar: Calendar, *, for_everybody: bool) -> Tallies:
    people = Person.objects.active().order_by().values_list("unit").annotate(Count("pk"))
    objectives = Objective.objects.visible_to(person).filter(cycle=calendar.cycle).order_by()
    key_results = KeyResult.objects.visible_to(person).filter(objective__cycle=calendar.cycle)
    if for_everybody:
        objectives = objectives.filter(told_outside())
        key_results = key_results.filter(told_outside("objective__"))
    judged: dict[str, Counter[int | None]] = {word: Counter() for word in Confidence.values}
    rows = key_results.annotate(home=home("objective")).order_by().values("home", "confidence")
    for row in rows.annotate(found=Count("pk")):
        judged.setdefault(row["confidence"], Counter())[row["home"]] += row["found"]
    return Tallies(
        people=Counter(dict(people)),
        objectives=Counter(
            dict(objectives.annotate(home=home()).values_list("home").annotate(Count("pk")))
        ),
        judged=judged,
    )
