"""The people of the company as a list that is searched, filtered, sorted and paged."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Lower

from okr import slots
from okr.models import Person, Role, State, Unit
from okr.models.people import PersonQuerySet
from okr.models.unit import paths
from okr.pages.listing import Column, column

A_PAGE = 25
COLUMNS = {
    "name": "Name",
    "designation": "Designation",
    "unit": "Organizational Unit",
    "role": "Role",
    "manager": "Manager",
}
BY: dict[str, Combinable] = {
    "name": Lower("name"),
    "designation": Lower("designation"),
    "unit": Lower("unit__name"),
    "role": F("role"),
    "manager": Lower("manager__name"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything unknown is left out."""

    words: str = ""
    role: str = ""
    unit: str = ""
    state: str = ""
    sort: str = "name"

    @property
    def is_set(self) -> bool:
        return any((self.words, self.role, self.unit, self.state))

    def people(self) -> PersonQuerySet:
        """Everybody who is here, unless a state is asked for."""
        found: PersonQuerySet = Person.objects.known_as(self.words)
        wanted = State(self.state) if self.state in State else None
        found = found.in_state(wanted) if wanted else found.active()
        if self.role in Role:
            found = found.filter(role=self.role)
        if self.unit.isdecimal() and len(self.unit) < 19:
            found = found.filter(unit__in=Unit.objects.within(int(self.unit)))
        return found.select_related("unit", "manager").order_by(*self._order())

    def _order(self) -> list[Any]:
        by: Any = BY.get(self.sort.removeprefix("-"), BY["name"])
        return [OrderBy(by, descending=self.sort.startswith("-"), nulls_last=True), "name", "id"]

    @property
    def columns(self) -> list[Column]:
        return [column(name, label, self.sort) for name, label in COLUMNS.items()]


@dataclass(frozen=True)
class PeoplePage:
    filters: Filters
    rows: "Page[Person]"
    more: list[slots.PeopleColumn] = field(default_factory=list)

    @property
    def people(self) -> list[tuple[Person, list[tuple[str, str]]]]:
        """Each person, with the label and the words of each column of an integration."""
        return [
            (person, [(each.label, each.words.get(person.pk, "–")) for each in self.more])
            for person in self.rows
        ]

    @property
    def units(self) -> list[tuple[str, str]]:
        return sorted(((str(pk), path) for pk, path in paths().items()), key=lambda unit: unit[1])

    roles = Role.choices
    states = [("", "Everybody here"), *State.choices]


def people_page(filters: Filters, number: str | None) -> PeoplePage:
    rows = Paginator(filters.people(), A_PAGE).get_page(number)
    return PeoplePage(filters, rows, slots.ask("people.columns", list(rows)))
