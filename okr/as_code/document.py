"""A file as rows: each with its key, its place and what it says, the usual filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from okr.as_code.fields import (
    CYCLE,
    KEY_RESULT,
    KINDS,
    NOT_HERE,
    OBJECTIVE,
    RECORD,
    RECORDED,
    Field,
    Values,
    WrongError,
    named,
    words,
)
from okr.as_code.reading import NOWHERE, Fault, FaultyError, Node, Place, longer, read
from okr.models import Level, Visibility
from okr.models.keyed import LONGEST

VERSION = "1"
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
BAD_KEY = f"Write a key in small letters, digits and hyphens, {LONGEST} at most."
NO_VERSION = f"Say “version: {VERSION}” here: it is the only one there is."
UNIT_OF_UNITS = "Only an objective of the level unit has this."
VIEWERS_OF_SECRETS = "Only a confidential objective has these: a public one is seen anyhow."
NOT_OF_KIND = "A key result of the kind {} has no such field."
SECTIONS = ("version", "cycles", "objectives")
MOST_NAMED = 100


@dataclass
class Row:
    """`found` is the row of the database, where this was read from there."""

    noun: str
    key: str
    place: Place = NOWHERE
    values: Values = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    above: "Row | None" = None
    found: Any = None
    key_results: dict[str, "Row"] = field(default_factory=dict)

    @property
    def way(self) -> str:
        if self.above:
            return f"{self.above.way}.key_results.{self.key}"
        return f"{'cycles' if self.noun == 'cycle' else 'objectives'}.{self.key}"

    @property
    def objective(self) -> "Row":
        return self.above or self

    @property
    def may_be_edited(self) -> bool:
        """By the person for whom it was read from the database."""
        return bool(self.objective.found.may_be_edited)

    @property
    def title(self) -> str:
        return str(self.values.get("title") or self.values.get("name") or self.key)

    def fault(self, name: str, message: str) -> Fault:
        return Fault(self.places.get(name, self.place), longer(self.way, name), message)


@dataclass
class Document:
    cycles: dict[str, Row] = field(default_factory=dict)
    objectives: dict[str, Row] = field(default_factory=dict)


def document_of(content: bytes, parts: Mapping[str, Field]) -> Document:
    """`parts` are fields of key results that integrations add. Raises FaultyError."""
    reader = Reader(dict(parts))
    document = reader.document(read(content))
    if reader.faults:
        raise FaultyError(*sorted(reader.faults, key=lambda fault: fault.place))
    return document


@dataclass
class Reader:
    """Goes through a whole file, so that all that is wrong in it is told at once."""

    parts: dict[str, Field]
    faults: list[Fault] = field(default_factory=list)

    def document(self, node: Node) -> Document:
        sections = self._nodes(node, "")
        for name in sections.keys() - set(SECTIONS):
            self._wrong(self._place(node, name), name[:MOST_NAMED], NOT_HERE)
        version = sections.get("version")
        if version is None or self._taken(words, version, "version") not in (VERSION, None):
            self._wrong(version.place if version else node.place, "version", NO_VERSION)
        found = Document()
        for key, place, each in self._keyed(sections.get("cycles"), "cycles"):
            found.cycles[key] = self._row(Row("cycle", key, place), each, CYCLE)
        for key, place, each in self._keyed(sections.get("objectives"), "objectives"):
            found.objectives[key] = self._objective(key, place, each)
        return found

    def _objective(self, key: str, place: Place, node: Node) -> Row:
        row = self._row(Row("objective", key, place), node, OBJECTIVE, "key_results")
        within(row.values)
        self._suit_objective(row)
        inside = self._nodes(node, row.way, quiet=True).get("key_results")
        for name, place, each in self._keyed(inside, f"{row.way}.key_results"):
            part = self._row(Row("key result", name, place, above=row), each, self._of_key_results)
            part.values["owner"] = part.values["owner"] or row.values["owner"]
            self._suit_kind(part)
            row.key_results[name] = part
        return row

    @property
    def _of_key_results(self) -> dict[str, Field]:
        return KEY_RESULT | self.parts

    def _row(self, row: Row, node: Node, fields: Mapping[str, Field], *others: str) -> Row:
        """What the file does not say of a part stays as it is, so there is no usual for it."""
        row.values = {name: each.usual for name, each in fields.items() if name not in self.parts}
        for name, each in self._nodes(node, row.way).items():
            row.places[name] = self._place(node, name)
            if name in fields:
                said = self._taken(fields[name].take, each, longer(row.way, name))
                row.values[name] = fields[name].usual if said in ("", None) else said
            elif name not in others:
                reason = RECORD if name in RECORDED else NOT_HERE
                self._wrong(row.places[name], longer(row.way, name[:MOST_NAMED]), reason)
        return row

    def _suit_objective(self, row: Row) -> None:
        if row.values["unit"] and row.values["level"] != Level.UNIT:
            self.faults.append(row.fault("unit", UNIT_OF_UNITS))
        if row.values["viewers"] and row.values["visibility"] == Visibility.PUBLIC:
            self.faults.append(row.fault("viewers", VIEWERS_OF_SECRETS))

    def _suit_kind(self, row: Row) -> None:
        kind = row.values["kind"]
        for name, kinds in KINDS.items():
            if kind not in kinds:
                del row.values[name]
                if name in row.places:
                    self.faults.append(row.fault(name, NOT_OF_KIND.format(kind)))

    def _keyed(self, node: Node | None, way: str) -> list[tuple[str, Place, Node]]:
        found = []
        for key, each in self._nodes(node, way).items() if node else ():
            place = self._place(node, key)
            if not KEY.fullmatch(key) or len(key) > LONGEST:
                self._wrong(place, longer(way, key[:MOST_NAMED]), BAD_KEY)
                continue
            found.append((key, place, each))
        return found

    def _nodes(self, node: Node, way: str, *, quiet: bool = False) -> dict[str, Node]:
        try:
            return named(node).nodes
        except WrongError as wrong:
            if not quiet:
                self._wrong(wrong.place, way, wrong.message)
            return {}

    def _place(self, node: Any, name: str) -> Place:
        place: Place = node.places.get(name, node.place)
        return place

    def _taken(self, take: Any, node: Node, way: str) -> Any:
        try:
            return take(node)
        except WrongError as wrong:
            self._wrong(wrong.place, longer(way, wrong.inside) if wrong.inside else way, str(wrong))
            return None

    def _wrong(self, place: Place, way: str, message: str) -> None:
        self.faults.append(Fault(place, way, message))


def within(values: Values) -> None:
    """What follows from the rest: a unit makes it the unit's, what it moves is above it."""
    values["level"] = values["level"] or (Level.UNIT if values["unit"] else Level.INDIVIDUAL).value
    values["parent"] = values["parent"] or values["moves"].partition("/")[0]
