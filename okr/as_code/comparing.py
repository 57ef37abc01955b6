"""What a file would change: each step from what stands here to what the file says, in an order in
which it can be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from okr.as_code.document import Document, Row
from okr.as_code.reading import Fault
from okr.as_code.settling import settle, units_by_name
from okr.models import Objective
from okr.models.alignment import CIRCLE

ADD, CHANGE, REMOVE = "add", "change", "remove"
NO_SUCH = "There is no {} “{}”, neither in this file nor among those that you may see."
TAKEN = "Something that is not shown to you has this key. Choose another one."
WAY_OF_MOVES = "Write the keys of an objective and of its key result: calm-releases/lead-time."
WITH_WHAT_IT_MOVES = "It stands where the key result is that it moves. Leave this out."


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    before: Any
    after: Any


def in_words(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Step:
    """`said` is missing where something is removed, `here` where it is added."""

    deed: str
    said: Row | None
    here: Row | None
    differences: tuple[Difference, ...] = ()

    @property
    def row(self) -> Row:
        row = self.said or self.here
        assert row  # noqa: S101  narrows the type: one of them is there
        return row

    @property
    def told(self) -> list[Any]:
        """What it does, without the lines of the file."""
        differences = (
            [each.field, in_words(each.before), in_words(each.after)] for each in self.differences
        )
        return [self.deed, self.row.way, *differences]

    @property
    def names(self) -> set[str]:
        return {each.field for each in self.differences}


@dataclass
class Comparison:
    """`removing`: what stands here in the cycles of the file and is not in it is removed, as far as
    this person may; otherwise it is left."""

    said: Document
    here: Document
    removing: bool = False
    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left: int = 0

    def __post_init__(self) -> None:
        self.units = units_by_name()
        self.cycles = self.here.cycles.keys() | self.said.cycles.keys()
        self.objectives = self._staying() | self.said.objectives
        self._refuse_taken()
        for row in self.said.cycles.values():
            self._compare(row, self.here.cycles.get(row.key))
        for row in self._from_the_top():
            self._refer(row)
            known = self.here.objectives.get(row.key)
            self._compare(row, known)
            for key, each in row.key_results.items():
                self._compare(each, known.key_results.get(key) if known else None)
        self._left_over()

    def _compare(self, said: Row, here: Row | None) -> None:
        settle(said, here, self.units)
        before = here.values if here else {}
        found = tuple(
            Difference(name, before.get(name), value)
            for name, value in said.values.items()
            if value != before.get(name)
        )
        if found or here is None:
            self.steps.append(Step(CHANGE if here else ADD, said, here, found))

    def _refer(self, row: Row) -> None:
        """Everything that is named must be there, or come with the file."""
        values = row.values
        if values["cycle"] and values["cycle"] not in self.cycles:
            self._missing(row, "cycle", "cycle", values["cycle"])
        if values["moves"]:
            self._refer_to_moved(row, *values["moves"].partition("/")[::2])
        elif values["parent"]:
            self._refer_to(row, "parent", values["parent"])
        for key in values["supports"]:
            self._refer_to(row, "supports", key)

    def _refer_to(self, row: Row, name: str, key: str) -> None:
        if key == row.key:
            self.faults.append(row.fault(name, CIRCLE))
        elif key not in self.objectives:
            self._missing(row, name, "objective", key)

    def _refer_to_moved(self, row: Row, above: str, key: str) -> None:
        rows = [each.get(above) for each in (self.said.objectives, self.objectives)]
        found = [each for each in rows if each]
        if not key:
            self.faults.append(row.fault("moves", WAY_OF_MOVES))
        elif not any(key in each.key_results for each in found):
            self._missing(row, "moves", "key result", row.values["moves"])
        else:
            place = {"parent": above, "cycle": found[0].values["cycle"]}
            self.faults += [
                row.fault(name, WITH_WHAT_IT_MOVES)
                for name, value in place.items()
                if row.values[name] != value
            ]

    def _staying(self) -> dict[str, Row]:
        rows = self.here.objectives.items()
        return {key: row for key, row in rows if not self._goes(row, key in self.said.objectives)}

    def _goes(self, row: Row, is_said: bool) -> bool:
        """Whether it is removed, as far as its own cycle and rights are concerned."""
        inside = row.objective.values["cycle"] in self.said.cycles
        return self.removing and not is_said and inside and row.may_be_edited

    def _missing(self, row: Row, name: str, noun: str, key: str) -> None:
        self.faults.append(row.fault(name, NO_SUCH.format(noun, key)))

    def _refuse_taken(self) -> None:
        new = self.said.objectives.keys() - self.here.objectives.keys()
        for key in Objective.objects.filter(key__in=new).values_list("key", flat=True):
            self.faults.append(self.said.objectives[str(key)].fault("", TAKEN))

    def _from_the_top(self) -> Iterator[Row]:
        """What others contribute to, move or support comes before them."""
        waiting = dict(self.said.objectives)
        while waiting:
            ready = [row for row in waiting.values() if waiting.keys().isdisjoint(above(row))]
            if not ready:
                self.faults += [row.fault("parent", CIRCLE) for row in self._circle(waiting)]
                return
            for row in ready:
                del waiting[row.key]
                yield row

    def _circle(self, waiting: Mapping[str, Row]) -> list[Row]:
        """Of those that wait for each other, without what only hangs below them."""
        row, path = next(iter(waiting.values())), list[Row]()
        while row not in path:
            path.append(row)
            row = waiting[next(key for key in above(row) if key in waiting)]
        return path[path.index(row) :]

    def _left_over(self) -> None:
        for row in self.here.objectives.values():
            said = self.said.objectives.get(row.key)
            if said is None:
                self._leave_or_remove(row)
            for key, each in row.key_results.items():
                if said and key not in said.key_results:
                    self._leave_or_remove(each)

    def _leave_or_remove(self, row: Row) -> None:
        if self._goes(row, is_said=False):
            self.steps.append(Step(REMOVE, None, row))
        else:
            self.left += 1


def above(row: Row) -> set[str]:
    return {row.values["parent"], *row.values["supports"]} - {"", row.key}
