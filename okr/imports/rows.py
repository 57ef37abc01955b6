"""One row of a file of people: what its cells ask for, or which of them cannot be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from okr.exports import could_compute
from okr.imports.reading import Line, RowError
from okr.models import Person, Role

if TYPE_CHECKING:
    from okr.imports.company import Company

CLEAR = "-"
LONGEST = 120
DEEPEST = 20
LONGEST_EMAIL = 254
ROLES = {name.casefold(): role for role in Role for name in (role.value, role.label)}
Path = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """What becomes of a person; None leaves what is there, an empty text or path clears it."""

    number: int
    email: str
    person: Person | None
    name: str | None = None
    designation: str | None = None
    unit: Path | None = None
    manager: str | None = None
    role: str | None = None

    def changes(self, company: "Company") -> Iterator[str]:
        before = company.as_it_is(self.person)
        wanted = {
            "name": self.name,
            "designation": self.designation,
            "unit": None if self.unit is None else " / ".join(company.proper(self.unit)),
            "manager": self.manager,
            "role": self.role,
        }
        for column, value in wanted.items():
            if value is not None and value != before.get(column, ""):
                was = before.get(column, "")
                yield f"{column}: {was} → {value or 'none'}" if was else f"{column}: {value}"


def read_row(line: Line, company: "Company") -> Row:
    """Raises RowError."""
    if line.fault:
        raise RowError("", line.fault)
    email = _email(line.cells.get("email", ""), "email")
    person = company.people.get(email)
    if person and not person.is_active:
        raise RowError("email", f"{person} was deactivated. Reactivate them first.")
    name = _text(line, "name")
    if person is None and not name:
        raise RowError("name", "Somebody new needs a name.")
    return Row(
        line.number,
        email,
        person,
        name or None,
        _text(line, "designation"),
        _cell(line, "unit", lambda text: company.path(_path(text))),
        _cell(line, "manager_email", lambda text: _manager(text, email, company)),
        _cell(line, "role", _role) or None,
    )


def folded(path: Path) -> Path:
    """As paths are compared."""
    return tuple(part.casefold() for part in path)


def _cell(line: Line, column: str, reading: Callable[[str], T]) -> T | None:
    text = line.cells.get(column, "")
    return reading("" if text == CLEAR else text) if text else None


def _email(text: str, column: str) -> str:
    email = _plain(text.lower(), column)
    if not email:
        raise RowError(column, "There is no e-mail address.")
    try:
        validate_email(email)
    except ValidationError as error:
        raise RowError(column, "This is not an e-mail address like name@example.com.") from error
    return email


def _text(line: Line, column: str) -> str | None:
    return _cell(line, column, lambda text: _plain(text, column))


def _plain(text: str, column: str) -> str:
    text = " ".join(text.split())
    if could_compute(text):
        raise RowError(column, "This looks like a formula of a spreadsheet.")
    longest = LONGEST_EMAIL if "email" in column else LONGEST
    if len(text) > longest:
        raise RowError(column, f"Use at most {longest} characters; this has {len(text):,}.")
    return text


def _path(text: str) -> Path:
    parts = tuple(_plain(part, "unit") for part in text.split("/") if part.strip())
    if len(parts) > DEEPEST:
        raise RowError("unit", f"Use at most {DEEPEST} units within each other.")
    return parts


def _manager(text: str, email: str, company: "Company") -> str:
    if not text:
        return ""
    manager = _email(text, "manager_email")
    if manager == email:
        raise RowError("manager_email", "Nobody reports to themselves.")
    known = company.people.get(manager)
    if known and not known.is_active:
        raise RowError("manager_email", f"{known} was deactivated and cannot be a manager.")
    return manager


def _role(text: str) -> str:
    if text.casefold() not in ROLES:
        raise RowError("role", "Write employee or okr_admin.")
    return ROLES[text.casefold()].value
