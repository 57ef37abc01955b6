"""Units in a tree, and everybody who works in them, each below the lead of their unit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.contrib.auth.hashers import make_password

from bench.at_size import words
from bench.at_size.copying import pour
from bench.at_size.size import Size
from okr.models import Person, Role, Unit

A_TEAM, TEAMS_EACH, DEPARTMENTS_EACH = 15, 8, 6
CHIEF, ADMIN = 1, 2
PASSWORD = "plumbline-demo"  # noqa: S105  of people who exist nowhere


@dataclass(frozen=True, slots=True)
class Place:
    """A unit; `lead` is the number of the person who leads it."""

    pk: int
    name: str
    parent: int | None
    lead: int


@dataclass(frozen=True, slots=True)
class Member:
    pk: int
    unit: int
    boss: int | None
    line: str


@dataclass(frozen=True, slots=True)
class Staff:
    places: list[Place] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)

    @property
    def parents(self) -> dict[int, int | None]:
        return {place.pk: place.parent for place in self.places}


def hire(size: Size) -> Staff:
    """The chief, an OKR admin, a lead for each unit, and the others team by team."""
    staff = Staff()
    _open(staff, "Larkspur", None, None)
    _join(staff, 1, CHIEF)
    teams = max(size.people // A_TEAM, 2)
    departments = max(teams // TEAMS_EACH, 2)
    above: list[Place] = staff.places[:1]
    for noun, number in (
        ("Division", max(departments // DEPARTMENTS_EACH, 2)),
        ("Department", departments),
        ("Team", teams),
    ):
        above = [_within(staff, noun, each, above[each % len(above)]) for each in range(number)]
    while len(staff.members) < size.people:
        team = above[len(staff.members) % len(above)]
        _join(staff, team.pk, team.lead)
    return staff


def _within(staff: Staff, noun: str, number: int, above: Place) -> Place:
    name = f"{words.AREAS[number % len(words.AREAS)]} {noun} {number + 1}"
    return _open(staff, name, above.pk, above.lead)


def _open(staff: Staff, name: str, parent: int | None, boss: int | None) -> Place:
    unit = len(staff.places) + 1
    place = Place(unit, name, parent, _join(staff, unit, boss))
    staff.places.append(place)
    return place


def _join(staff: Staff, unit: int, boss: int | None) -> int:
    number = len(staff.members) + 1
    above = staff.members[boss - 1].line if boss else "/"
    staff.members.append(Member(number, unit, boss, f"{above}{number}/"))
    return number


def store(staff: Staff, chance: Random, now: datetime) -> None:
    pour(
        Unit,
        ("id", "name", "slug", "parent_id", "lead_id"),
        ((each.pk, each.name, f"unit-{each.pk}", each.parent, each.lead) for each in staff.places),
    )
    columns = ("id", "email", "name", "designation", "unit_id", "manager_id", "line", "role")
    pour(Person, (*columns, "password", "last_login"), _people(staff, chance, now))


def _people(staff: Staff, chance: Random, now: datetime) -> Iterator[tuple[object, ...]]:
    leads = {place.lead for place in staff.places}
    password = make_password(PASSWORD)
    for each in staff.members:
        name = f"{chance.choice(words.FIRST)} {chance.choice(words.LAST)}"
        email = f"{name.lower().replace(' ', '.')}.{each.pk}@larkspur.example"
        job = "Lead" if each.pk in leads else chance.choice(words.JOBS)
        role = Role.OKR_ADMIN.value if each.pk == ADMIN else Role.EMPLOYEE.value
        known = (each.pk, email, name, job, each.unit, each.boss, each.line, role)
        yield (*known, password, now)
