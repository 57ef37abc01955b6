"""Teams: the tree of units with their people, objectives and confidence."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from okr.models import Confidence, KeyResult, Objective, Person, Unit
from okr.pages.calendar import Calendar
from okr.pages.standing import standings_now
from okr.pages.units import Place, UnitTree, home
from okr.progress import suggest_confidence


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


def teams(
    person: Person, calendar: Calendar, tree: UnitTree, under: Unit | None = None
) -> list[Team]:
    """The units below one, or all of them; the cost does not depend on how many there are."""
    standings, tallies = standings_now(tree, calendar.cycle), _tallies(person, calendar)
    places = [place for place in tree.places(under) if place.unit != under]
    return [
        _team(place, tree, standings.of(place.unit), tallies, calendar.expected) for place in places
    ]


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


def _tallies(person: Person, calendar: Calendar) -> Tallies:
    people = Person.objects.active().order_by().values_list("unit").annotate(Count("pk"))
    objectives = Objective.objects.visible_to(person).filter(cycle=calendar.cycle).order_by()
    key_results = KeyResult.objects.visible_to(person).filter(objective__cycle=calendar.cycle)
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
