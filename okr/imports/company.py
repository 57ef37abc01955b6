"""The company as a file of people meets it: who is here, which units, and what would conflict."""

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from okr.imports.reading import RowError
from okr.imports.rows import Path, Row, folded
from okr.models import Person, Role
from okr.models.people import CAN_SIGN_IN
from okr.models.person import DEEPEST_LINE
from okr.models.unit import SEPARATOR, paths

CIRCLE = "This would close a circle in the reporting line: {}."
NOT_HERE = "Nobody here has this address, and no row that can be imported has."
LAST_ADMIN = "Nobody would be left who can sign in as OKR admin."
TOO_DEEP = f"The reporting line would be more than {DEEPEST_LINE} people deep."
MOST_NAMED = 6


@dataclass
class Company:
    """Read in three statements, whatever its size."""

    people: dict[str, Person]
    units: dict[int, Path]
    admins: set[str]
    known: dict[Path, int] = field(init=False)
    called: dict[str, list[Path]] = field(init=False)

    @classmethod
    def load(cls) -> "Company":
        people = Person.objects.select_related(None).order_by("pk")
        admins = Person.objects.active().filter(CAN_SIGN_IN, role=Role.OKR_ADMIN)
        units = {pk: tuple(path.split(SEPARATOR)) for pk, path in paths().items()}
        by_email = {person.email.lower(): person for person in people}
        return cls(by_email, units, set(admins.values_list("email", flat=True)))

    def __post_init__(self) -> None:
        self.known = {folded(path): pk for pk, path in self.units.items()}
        self.called = {}
        for path in self.units.values():
            self.called.setdefault(path[-1].casefold(), []).append(path)
        self.numbers = {person.pk: email for email, person in self.people.items()}

    def path(self, path: Path) -> Path:
        """The whole path of a unit; a name alone will do where only one unit is called so."""
        if len(path) != 1 or folded(path) in self.known:
            return path
        found = self.called.get(path[0].casefold(), [])
        if len(found) > 1:
            raise RowError("unit", f"{len(found)} units are called so. Write the whole path.")
        return found[0] if found else path

    def proper(self, path: Path) -> Path:
        """As the unit is written here already."""
        return self.units.get(self.known.get(folded(path), 0), path)

    def missing(self, path: Path) -> list[Path]:
        """The units that must be created for it, from the top."""
        starts = [path[: end + 1] for end in range(len(path))]
        return [start for start in starts if folded(start) not in self.known]

    def as_it_is(self, person: Person | None) -> dict[str, str]:
        if person is None:
            return {}
        return {
            "name": person.name,
            "designation": person.designation,
            "unit": SEPARATOR.join(self.units.get(person.unit_id or 0, ())),
            "manager": self.numbers.get(person.manager_id or 0, ""),
            "role": person.role,
        }

    def conflicts(self, rows: dict[int, Row]) -> dict[int, RowError]:
        """What is wrong only together: managers who are nowhere, circles, no admin left."""
        left, faults = dict(rows), dict[int, RowError]()
        while found := self._unknown(left) or self._circles(left) or self._too_deep(left):
            faults |= found
            left = {number: row for number, row in left.items() if number not in found}
        return faults | self._last_admin(left)

    def _unknown(self, rows: dict[int, Row]) -> dict[int, RowError]:
        """Whoever's manager is nowhere, and whoever reports to somebody new among those."""
        below: dict[str, list[int]] = defaultdict(list)
        for number, row in rows.items():
            below[row.manager or ""].append(number)
        here = self.people.keys() | {row.email for row in rows.values()}
        lost = [number for number, row in rows.items() if row.manager and row.manager not in here]
        for number in lost:
            email = rows[number].email
            lost += [] if email in self.people else below[email]
        return {number: RowError("manager_email", NOT_HERE) for number in lost}

    def _line(self, rows: dict[int, Row]) -> dict[str, str]:
        """Each one's manager, as it would be."""
        line = {
            email: self.numbers.get(person.manager_id or 0, "")
            for email, person in self.people.items()
        }
        for row in rows.values():
            line[row.email] = line.get(row.email, "") if row.manager is None else row.manager
        return line

    def _circles(self, rows: dict[int, Row]) -> dict[int, RowError]:
        asking = {row.email: number for number, row in rows.items() if row.manager is not None}
        faults: dict[int, RowError] = {}
        for circle in circles(self._line(rows)):
            named = [*circle[:MOST_NAMED], *(["…"] if len(circle) > MOST_NAMED else []), circle[0]]
            error = RowError("manager_email", CIRCLE.format(" → ".join(named)))
            faults |= {asking[email]: error for email in circle if email in asking}
        return faults

    def _too_deep(self, rows: dict[int, Row]) -> dict[int, RowError]:
        line, guilty = self._line(rows), set[str]()
        for email, depth in depths(line).items():
            if depth > DEEPEST_LINE:
                guilty |= set(_upward(email, line, guilty | {""}))
        return {
            number: RowError("manager_email", TOO_DEEP)
            for number, row in rows.items()
            if row.manager and row.email in guilty
        }

    def _last_admin(self, rows: dict[int, Row]) -> dict[int, RowError]:
        lost = {
            number: row
            for number, row in rows.items()
            if row.role == Role.EMPLOYEE and row.email in self.admins
        }
        if not lost or self.admins - {row.email for row in lost.values()}:
            return {}
        return {number: RowError("role", LAST_ADMIN) for number in lost}


def circles(line: dict[str, str]) -> Iterator[list[str]]:
    """Each circle once, from `line`, which leads from everybody to their manager."""
    seen: set[str] = set()
    for start in line:
        path: dict[str, int] = {}
        at = start
        while at and at not in seen:
            seen.add(at)
            path[at] = len(path)
            at = line.get(at, "")
        if at in path:
            yield list(path)[path[at] :]


def depths(line: dict[str, str]) -> dict[str, int]:
    """How many stand above each one, and themselves; without circles."""
    known: dict[str, int] = {"": 0}
    for start in line:
        path = list(_upward(start, line, known))
        above = known[line.get(path[-1], "")] if path else 0
        for number, email in enumerate(reversed(path), start=1):
            known[email] = above + number
    return known


def _upward(start: str, line: dict[str, str], known: Container[str]) -> Iterator[str]:
    at = start
    while at not in known:
        yield at
        at = line.get(at, "")
