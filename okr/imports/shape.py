"""What a kind of rows must know: its columns, what a check finds, how accepted rows are written."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse

from okr.imports.reading import Column, Line
from okr.models import Person


class Fate(models.TextChoices):
    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    UNCHANGED = "unchanged", "Unchanged"
    PROBLEM = "problem", "Problems"


WRITTEN = (Fate.NEW, Fate.CHANGED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row. `what` names it, `plan` is the shape's own and is not kept."""

    number: int
    fate: Fate
    what: str
    column: str = ""
    value: str = ""
    reason: str = ""
    changes: tuple[str, ...] = ()
    plan: Any = field(default=None, compare=False)

    @classmethod
    def problem(cls, line: Line, what: str, column: str, reason: str) -> Self:
        return cls(line.number, Fate.PROBLEM, what, column, line.cells.get(column, ""), reason)

    @property
    def stored(self) -> list[Any]:
        return [*self.shown, list(self.changes)]

    @property
    def shown(self) -> list[Any]:
        return [self.number, str(self.fate), self.what, self.column, self.value, self.reason]

    @classmethod
    def restored(cls, stored: list[Any]) -> Self:
        number, fate, what, column, value, reason, changes = stored
        return cls(number, Fate(fate), what, column, value, reason, tuple(changes))


@dataclass(frozen=True)
class Finding:
    """A verdict for each row; `also` are sentences on what else is written, as new units."""

    verdicts: list[Verdict]
    also: list[str] = field(default_factory=list)

    @property
    def stored(self) -> list[list[Any]]:
        return [verdict.stored for verdict in self.verdicts]

    @property
    def plans(self) -> list[Any]:
        return [verdict.plan for verdict in self.verdicts if verdict.fate in WRITTEN]

    @property
    def counts(self) -> Counter[str]:
        return Counter(str(verdict.fate) for verdict in self.verdicts)


class Shape(ABC):
    """One kind of rows. `slug` is its place in the address, `back` where its link stands."""

    slug: ClassVar[str]
    title: ClassVar[str]
    why: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    admins_only: ClassVar[bool] = False

    @abstractmethod
    def may_import(self, person: Person) -> bool: ...

    @abstractmethod
    def back(self) -> str:
        """The address of the page that offers this import."""

    def start(self) -> str:
        """The address where a file is given; an integration may have a page of its own for it."""
        return reverse("okr:import", args=[self.slug])

    @abstractmethod
    def check(self, lines: Sequence[Line], by: Person) -> Finding:
        """Reads only. The same file against the same company finds the same."""

    @abstractmethod
    def write(self, finding: Finding, by: Person, at: datetime) -> None:
        """Writes the rows that are new or changed, in a transaction that is open already."""

    def takes_accounts(self) -> str:
        """Where a row tells which account of another system a person has, in the columns email and
        account_id: what an account is taken into, as a button names it."""
        return ""

    def hold(self) -> None:  # noqa: B027  most shapes need none
        """Holds back who could change what was checked, until the transaction ends."""

    def afterwards(self) -> tuple[str, str] | None:
        """A label and an address: what to do next, on the page of the result."""
        return None
