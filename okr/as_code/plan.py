"""Plans what a file would change, and applies it: all of it, or nothing.

A plan is a rehearsal that is taken back: whatever the forms would refuse, it tells. Call `plan` and
`apply` outside of a transaction where that can be: integrations may ask elsewhere first.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q

from okr.as_code.comparing import REMOVE, Comparison, Step
from okr.as_code.document import Document, document_of
from okr.as_code.fields import WrongError
from okr.as_code.hands import Hands
from okr.as_code.keys import name_contents
from okr.as_code.parts import Part, fields_of, parts, wrong_part
from okr.as_code.reading import Fault, FaultyError, Place
from okr.as_code.standing import named_cycles, of_cycle, standing
from okr.audit import noted
from okr.models import Cycle, KeyResult, Objective, Person
from okr.models.alignment import hold_graph
from okr.pages.counting import counted
from okr.pages.deletion import lost_with_key_result, lost_with_objective

MOST_AT_ONCE = 250
"""Each step is done by its form: a request must not take half a minute."""
TOO_MANY = "These are {:,} changes; at most {:,} can be made at once in this way."
Asked = dict[tuple[str, str], Any]


class ChangedError(Exception):
    """A file would do something else by now than what its plan said."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`left`: how many rows stand in these cycles that the file says nothing of; `loses`: what goes
    with a row that is removed, in sentences."""

    steps: Sequence[Step]
    left: int
    loses: Mapping[str, Sequence[str]]

    @property
    def digest(self) -> str:
        """Two plans that do the same have the same."""
        told = [each.told for each in self.steps]
        return sha256(json.dumps(told).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Order:
    """A file as somebody sends it: who, when, and what they may do with it in this way."""

    content: bytes
    by: Person
    at: datetime
    changes_cycles: bool
    removing: bool = False
    most: int | None = None


def plan(order: Order) -> Plan:
    """Raises FaultyError with all that stands in the way."""
    said, asked = _heard(order)
    with transaction.atomic():
        made = _done(order, said, asked)
        transaction.set_rollback(True)
    return made


def apply(order: Order, digest: str = "", finish: Callable[[], None] | None = None) -> Plan:
    """Raises FaultyError, and ChangedError where it would not do what the plan `digest` said.

    `finish` belongs to it: neither is done without the other.
    """
    said, asked = _heard(order)
    with transaction.atomic():
        made = _done(order, said, asked)
        if digest and made.digest != digest:
            raise ChangedError
        if made.steps and order.by.is_okr_admin:
            with noted("as_code.applied", label=counted(len(made.steps), "change"), always=True):
                pass
        if finish:
            finish()
    return made


def _heard(order: Order) -> tuple[Document, Asked]:
    """The file, and what integrations say to it."""
    added = parts()
    said = document_of(order.content, fields_of(added))
    steps = _compared(order, said, added).steps
    asked, faults = Asked(), list[Fault]()
    for step, part in _to_ask(steps, added):
        key_result = step.here.found if step.here else None
        try:
            told = part.ask(step.row.values[part.name], key_result, order.by)
            asked[step.row.way, part.name] = told
        except WrongError as wrong:
            faults.append(wrong_part(part, step.row, wrong))
    _raise(faults)
    return said, asked


def _to_ask(steps: Iterable[Step], added: Sequence[Part]) -> Iterator[tuple[Step, Part]]:
    return ((step, part) for step in steps for part in added if part.name in step.names)


def _compared(order: Order, said: Document, added: Sequence[Part]) -> Comparison:
    """Against what stands here now; raises FaultyError."""
    here = standing(order.by, _cycles_of(said), added)
    here.cycles = {str(cycle.key): of_cycle(cycle) for cycle in named_cycles()}
    compared = Comparison(said, here, removing=order.removing)
    _raise(compared.faults)
    count = len(compared.steps)
    if order.most is not None and count > order.most:
        raise FaultyError(Fault(Place(), "", TOO_MANY.format(count, order.most)))
    return compared


def _cycles_of(said: Document) -> list[Cycle]:
    """Those that the file names, and those in which its objectives are now."""
    named = {*said.cycles, *(row.values["cycle"] for row in said.objectives.values())}
    name_contents(list(named_cycles().filter(key__in=named).values_list("pk", flat=True)))
    there = Objective.objects.filter(key__in=said.objectives).values("cycle")
    return list(named_cycles().filter(Q(key__in=named) | Q(pk__in=there)))


def _done(order: Order, said: Document, asked: Asked) -> Plan:
    hold_graph(*(cycle.pk for cycle in _cycles_of(said)))
    added = parts()
    compared = _compared(order, said, added)
    gone = [each.row for each in compared.steps if each.deed == REMOVE]
    loses = {row.way: _lost(row.found, order.by) for row in gone}
    hands = Hands(order.by, order.at, added, asked, order.changes_cycles)
    hands.do(compared.steps)
    _raise(hands.faults)
    return Plan(compared.steps, compared.left, loses)


def _lost(found: Objective | KeyResult, by: Person) -> list[str]:
    if isinstance(found, KeyResult):
        return lost_with_key_result(found)
    return lost_with_objective(found, by)


def _raise(faults: Sequence[Fault]) -> None:
    if faults:
        raise FaultyError(*sorted(faults, key=lambda fault: fault.place))
