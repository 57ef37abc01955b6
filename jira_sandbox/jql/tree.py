"""What a parsed query is made of."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Value:
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """The word EMPTY, or NULL."""


Operand = Value | Function | Empty


@dataclass(frozen=True, slots=True)
class Term:
    """`operands` holds one for every operator but `in` and `not in`."""

    field: str
    operator: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Bare words without field or operator: Jira searches all text for them."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    clause: "Clause"


@dataclass(frozen=True, slots=True)
class Both:
    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Either:
    clauses: tuple["Clause", ...]


Clause = Term | Words | Not | Both | Either


@dataclass(frozen=True, slots=True)
class Sorting:
    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    where: Clause | None
    order: tuple[Sorting, ...] = field(default=())
