"""Opens the units and hires the people of the tables."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from okr.demo.people import DOMAIN, GONE, INVITED, OKR_ADMINS, TO_INVITE, UNITS
from okr.demo.tables import PersonRow, UnitRow
from okr.models import Person, Role, Unit

LEFT_AGO, INVITED_AGO = timedelta(weeks=9), timedelta(days=2)
PASSWORD = "plumbline-demo"  # noqa: S105  the demo company is open to everybody


def open_units() -> dict[str, Unit]:
    """By name."""
    units: dict[str, Unit] = {}
    for row in UNITS:
        units[row.name] = Unit.objects.create(
            name=row.name, slug=slugify(row.name), parent=units.get(row.parent)
        )
    return units


def hire(units: dict[str, Unit], now: datetime) -> dict[str, Person]:
    """By the name before the @ of their e-mail; whoever came in has the one password."""
    password = make_password(PASSWORD)
    people = {
        row.email: _person(row, units[unit.name], password, now)
        for unit in UNITS
        for row in unit.people
    }
    Person.objects.bulk_create(people.values())
    for unit in UNITS:
        units[unit.name].lead = people[unit.lead]
        for row in unit.people:
            people[row.email].manager = people.get(_reports_to(row, unit))
    for person in people.values():
        person.line = _line(person)
    Person.objects.bulk_update(people.values(), ["manager", "line"])
    Unit.objects.bulk_update(units.values(), ["lead"])
    return people


def _person(row: PersonRow, unit: Unit, password: str, now: datetime) -> Person:
    return Person(
        email=f"{row.email}@{DOMAIN}",
        name=row.name,
        designation=row.designation,
        unit=unit,
        role=Role.OKR_ADMIN if row.email in OKR_ADMINS else Role.EMPLOYEE,
        is_active=row.email not in GONE,
        left_at=now - LEFT_AGO if row.email in GONE else None,
        invited_at=now - INVITED_AGO if row.email in INVITED else None,
        password=make_password(None) if row.email in INVITED + TO_INVITE else password,
    )


def _reports_to(row: PersonRow, unit: UnitRow) -> str:
    """A unit's people report to its lead, the lead to the lead of the unit above."""
    if row.reports_to or row.email != unit.lead:
        return row.reports_to or unit.lead
    return next((above.lead for above in UNITS if above.name == unit.parent), "")


def _line(person: Person) -> str:
    return f"{_line(person.manager) if person.manager else '/'}{person.pk}/"
