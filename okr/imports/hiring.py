"""Writes checked rows of people: a bounded number of statements for any number of rows."""

from collections.abc import Container, Iterable, Iterator, Sequence

from django.contrib.auth.hashers import make_password

from okr.imports.rows import Path, Row, folded
from okr.models import Happens, Person, Role, Unit
from okr.models.outbox import happened_to_each
from okr.models.unit import SEPARATOR, paths, slugs_for

BATCH = 500
CHANGED = ["name", "designation", "unit", "role", "version"]


def hire(rows: Sequence[Row]) -> None:
    Unit.objects.one_at_a_time()
    units = _units(rows)
    people = {person.email.lower(): person for person in Person.objects.all()}
    new = [_new(row) for row in rows if row.person is None]
    people |= {person.email: person for person in new}
    for row in rows:
        _take_over(row, people[row.email], units)
    Person.objects.bulk_create(new, batch_size=BATCH)
    for row in rows:
        if row.manager is not None:
            people[row.email].manager = people.get(row.manager)
    changed = [people[row.email] for row in rows if row.person is not None]
    _save(changed, CHANGED)
    place_in_line(people.values())
    happened_to_each(Happens.PERSON_ADDED, new)
    happened_to_each(Happens.PERSON_CHANGED, changed)


def place_in_line(people: Iterable[Person]) -> None:
    """Writes manager and line of everybody who stands elsewhere now."""
    managers = {person.pk: person.manager_id for person in people}
    lines: dict[int | None, str] = {None: "/"}
    moved = []
    for person in people:
        for pk in reversed(list(_upward(person.pk, managers, lines))):
            lines[pk] = f"{lines[managers[pk]]}{pk}/"
        if person.line != lines[person.pk]:
            person.line = lines[person.pk]
            moved.append(person)
    _save(moved, ["manager", "line"])


def _save(people: list[Person], fields: list[str]) -> None:
    """As bulk_update, which is slow for thousands of rows."""
    Person.objects.bulk_create(
        people, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def _upward(
    pk: int | None, managers: dict[int, int | None], known: Container[int | None]
) -> Iterator[int]:
    while pk is not None and pk not in known:
        yield pk
        pk = managers[pk]


def _new(row: Row) -> Person:
    return Person(email=row.email, password=make_password(None), role=Role.EMPLOYEE)


def _take_over(row: Row, person: Person, units: dict[Path, Unit]) -> None:
    person.name = row.name or person.name
    person.designation = person.designation if row.designation is None else row.designation
    person.role = row.role or person.role
    person.version += 1
    if row.unit is not None:
        person.unit = units[folded(row.unit)] if row.unit else None


def _units(rows: Sequence[Row]) -> dict[Path, Unit]:
    """By their folded path; those that are missing are created, level by level."""
    rows_by_pk = Unit.objects.in_bulk()
    units = {folded(tuple(path.split(SEPARATOR))): rows_by_pk[pk] for pk, path in paths().items()}
    wanted = {row.unit[:end] for row in rows if row.unit for end in range(1, len(row.unit) + 1)}
    missing = {folded(path): path for path in sorted(wanted) if folded(path) not in units}
    slugs = slugs_for([path[-1] for path in missing.values()])
    for depth in range(1, max(map(len, missing), default=0) + 1):
        level = {key: path for key, path in missing.items() if len(path) == depth}
        for key, path in level.items():
            units[key] = Unit(name=path[-1], parent=units.get(key[:-1]), slug=next(slugs))
        Unit.objects.bulk_create([units[key] for key in level], batch_size=BATCH)
    happened_to_each(Happens.UNIT_ADDED, [units[key] for key in missing])
    return units
