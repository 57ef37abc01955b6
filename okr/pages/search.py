"""One search over objectives, key results, people and units: only what the person may see.

What begins with the words stands before what holds them, and the current cycle before the others.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.urls import reverse

from okr.models import Cycle, KeyResult, Objective, Person, Unit, Visibility
from okr.models.holding import holding
from okr.slots import Hit

MOST_WORDS = 10
HITS_A_GROUP = 5
HITS_A_PAGE = 25
CHUNK = 500
SHORTEST = 2
NEAR = 3
TITLE_OR_OWNER = (("pk", "title__holds"), ("owner", "name__holds"))


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; `kind` is what the address calls it, empty for an integration.

    `one` is what a single hit is called. What is only near holds the words elsewhere than in its
    title, as the objectives of a person whose name was typed.
    """

    name: str
    kind: str
    hits: list[Hit]
    one: str = ""
    more: bool = False
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of thing is looked for, and how a row of it becomes a hit."""

    name: str
    one: str
    rows: Callable[["Search"], QuerySet[Any]]
    hit: Callable[[Any], Hit]


@dataclass(frozen=True)
class Search:
    person: Person
    query: str
    today: date

    @cached_property
    def cycle(self) -> Cycle | None:
        """The current one, asked once for all kinds."""
        return Cycle.objects.current(self.today)

    @property
    def words(self) -> list[str]:
        return self.query.split()[:MOST_WORDS]

    def groups(self, most: int = HITS_A_GROUP, of: str = "") -> list[Group]:
        """The best of each kind, or of one, a query a kind; kinds without a hit are left out."""
        kinds = {of: KINDS[of]} if of else KINDS
        found = [self._best(name, kind, most) for name, kind in kinds.items()]
        return sorted((group for group in found if group.hits), key=lambda group: group.is_near)

    def _best(self, name: str, kind: Kind, most: int) -> Group:
        rows = list(kind.rows(self)[: most + 1])
        hits = [kind.hit(row) for row in rows[:most]]
        is_near = all(row.closeness == NEAR for row in rows)
        return Group(kind.name, name, hits, kind.one, len(rows) > most, is_near)

    def hits(self, kind: Kind) -> Iterator[Hit]:
        """Everything of a kind."""
        return (kind.hit(row) for row in kind.rows(self).iterator(CHUNK))

    def page(self, name: str, number: str | None) -> "Page[Hit]":
        """One page of everything of a kind."""
        kind = KINDS[name]
        page = Paginator(kind.rows(self), HITS_A_PAGE).get_page(number)
        page.object_list = [kind.hit(row) for row in page.object_list]
        return page


def grouped(hits: Iterable[Hit], most: int = HITS_A_GROUP) -> list[Group]:
    """What integrations found, under the names that they give it."""
    by_name: dict[str, list[Hit]] = {}
    for hit in hits:
        by_name.setdefault(hit.under, []).append(hit)
    return [Group(name, "", found[:most]) for name, found in by_name.items()]


def _objectives(search: Search) -> QuerySet[Objective]:
    rows = Objective.objects.visible_to(search.person).select_related(
        "owner", "cycle", "unit", "closure"
    )
    places = (*TITLE_OR_OWNER, ("unit", "name__icontains"))
    return _ranked(rows, search, "cycle", places)


def _key_results(search: Search) -> QuerySet[KeyResult]:
    rows = KeyResult.objects.visible_to(search.person)
    rows = rows.select_related("owner", "objective__cycle", "objective__closure")
    return _ranked(rows, search, "objective__cycle", TITLE_OR_OWNER)


def _people(search: Search) -> QuerySet[Person]:
    people: QuerySet[Person] = Person.objects.active().matching(" ".join(search.words))
    rows = people.select_related("unit").annotate(closeness=_closeness("name", search))
    return rows.order_by("closeness", "name", "id")


def _units(search: Search) -> QuerySet[Unit]:
    rows = Unit.objects.select_related("lead")
    for word in search.words:
        rows = rows.filter(name__icontains=word)
    return rows.annotate(closeness=_closeness("name", search)).order_by("closeness", "name", "id")


def _ranked(
    rows: QuerySet[Any], search: Search, cycle: str, places: Sequence[tuple[str, str]]
) -> QuerySet[Any]:
    found: QuerySet[Any] = holding(rows, places, search.words).annotate(
        closeness=_closeness("title", search)
    )
    current_first = _nearness(cycle, search.cycle)
    return found.order_by(current_first, "closeness", f"-{cycle}__starts_on", "title", "id")


def _nearness(cycle: str, current: Cycle | None) -> Case:
    """The current cycle, then the others that are open, then the closed ones."""
    return Case(
        When(Q((cycle, current and current.pk)), then=0),
        When(Q((f"{cycle}__closed_at", None)), then=1),
        default=2,
        output_field=IntegerField(),
    )


def _closeness(column: str, search: Search) -> Case:
    """It begins with the words, its words begin with them, it holds them; else something near."""
    begins, holds = Q(), Q()
    for word in search.words:
        begins &= Q((f"{column}__istartswith", word)) | Q((f"{column}__icontains", f" {word}"))
        holds &= Q((f"{column}__icontains", word))
    return Case(
        When(Q((f"{column}__istartswith", search.query)), then=0),
        When(begins, then=1),
        When(holds, then=2),
        default=NEAR,
        output_field=IntegerField(),
    )


def _objective_hit(objective: Objective) -> Hit:
    return Hit(
        title=objective.title,
        url=reverse("okr:objective", args=[objective.pk]),
        note=f"{objective.owner} · {objective.cycle}",
        icon="lock" if objective.visibility == Visibility.CONFIDENTIAL else "crosshair",
        closed=is_over(objective),
        pk=objective.pk,
    )


def _key_result_hit(key_result: KeyResult) -> Hit:
    cycle = key_result.objective.cycle
    return Hit(
        title=key_result.title,
        url=reverse("okr:key_result", args=[key_result.pk]),
        note=f"{key_result.objective} · {key_result.owner} · {cycle}",
        icon="chart-no-axes-column-increasing",
        closed=is_over(key_result.objective),
        pk=key_result.pk,
    )


def is_over(objective: Objective) -> bool:
    return objective.cycle.closed_at is not None or hasattr(objective, "closure")


def _person_hit(person: Person) -> Hit:
    place = [person.designation, person.unit.name if person.unit else ""]
    url = f"{reverse('okr:company')}?view=list&owner={person.pk}"
    where = " · ".join(filter(None, place))
    return Hit(person.name, url, where, icon="user-round", pk=person.pk)


def _unit_hit(unit: Unit) -> Hit:
    url = reverse("okr:team", args=[unit.slug])
    led = f"Led by {unit.lead}" if unit.lead else ""
    return Hit(unit.name, url, led, icon="users-round", pk=unit.pk)


KINDS = {
    "objectives": Kind("Objectives", "Objective", _objectives, _objective_hit),
    "key-results": Kind("Key results", "Key result", _key_results, _key_result_hit),
    "people": Kind("People", "Person", _people, _person_hit),
    "units": Kind("Units", "Unit", _units, _unit_hit),
}
