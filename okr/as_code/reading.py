"""A YAML file that somebody sends: read safely, and of everything in it the place where it stands.

Only maps, lists and texts: what a text means is for the field that takes it, so that "No" stays a
word and 2026-10-01 is a date only where a date belongs. Nothing is repeated by reference, so that
a small file stays small.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

LARGEST, DEEPEST = 2_000_000, 12
UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOTHING = ("", "~", "null", "Null", "NULL")
TOO_LARGE = f"The file is larger than {LARGEST // 1_000_000} MB. Split it by cycles."
NOT_TEXT = "This is not text in UTF-8."
NOT_YAML = "This cannot be read as YAML: {}."
TOO_DEEP = f"Maps and lists lie in each other more than {DEEPEST} deep here."
SEVERAL = "There is more than one document in this file. Keep the first."
EMPTY = "The file is empty."
NO_SIGN = "There is a sign in it that is no part of any text. Take it out."
TAGGED = "Types such as !!python or !!str are not taken here. Write the value alone."
REPEATED = "Anchors and references such as &this and *that are not taken here. Write it out."
TWICE = "“{}” stands here twice. It stood in line {} already."
NO_NAME = "The name of a field is a word."


class Place(NamedTuple):
    """Both are counted from 1; a line of 0 is nowhere."""

    line: int = 1
    column: int = 1


NOWHERE = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be taken: where, the way to it as objectives.calm-releases.owner, and why."""

    place: Place
    way: str
    message: str

    def __str__(self) -> str:
        return f"Line {self.place.line}: {f'{self.way}: ' if self.way else ''}{self.message}"


class FaultyError(Exception):
    """A file that cannot be taken as it is."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Text:
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Several:
    place: Place
    nodes: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Named:
    """`places` are those of the names."""

    place: Place
    nodes: dict[str, "Node"] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


Node = Text | Several | Named


def read(content: bytes) -> Node:
    """Raises FaultyError."""
    text = text_of(content)
    try:
        return _document(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _place(mark) if mark else Place()
        raise FaultyError(Fault(place, "", NOT_YAML.format(error.problem))) from error
    except yaml.YAMLError as error:
        reason, position = getattr(error, "reason", "unknown"), getattr(error, "position", 0) or 0
        place = _place_at(text.encode(), position)
        raise FaultyError(Fault(place, "", NOT_YAML.format(reason))) from error


def text_of(content: bytes) -> str:
    """Raises FaultyError."""
    if len(content) > LARGEST:
        raise FaultyError(Fault(Place(), "", TOO_LARGE))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FaultyError(Fault(_place_at(content, error.start), "", NOT_TEXT)) from error


def _place_at(content: bytes, position: int) -> Place:
    before = content[:position].decode(errors="replace")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _document(events: Iterator[Any]) -> Node:
    found: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and found:
            raise FaultyError(Fault(_place_of(event), "", SEVERAL))
        if isinstance(event, yaml.NodeEvent):
            found = _node(event, events, "", 0)
    if found is None:
        raise FaultyError(Fault(Place(), "", EMPTY))
    return found


def _place_of(event: Any) -> Place:
    return _place(event.start_mark)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _node(event: Any, events: Iterator[Any], way: str, depth: int) -> Node:
    _refuse_tricks(event, way, depth)
    match event:
        case yaml.ScalarEvent():
            plain = event.implicit[0] and event.value in NOTHING
            return Text(_place_of(event), "" if plain else event.value)
        case yaml.SequenceStartEvent():
            return _several(event, events, way, depth)
    return _named(event, events, way, depth)


def _refuse_tricks(event: Any, way: str, depth: int) -> None:
    reason = ""
    if UNSPEAKABLE.search(getattr(event, "value", "")):
        reason = NO_SIGN
    elif depth > DEEPEST:
        reason = TOO_DEEP
    elif isinstance(event, yaml.AliasEvent) or event.anchor:
        reason = REPEATED
    elif event.tag:
        reason = TAGGED
    if reason:
        raise FaultyError(Fault(_place_of(event), way, reason))


def _several(start: Any, events: Iterator[Any], way: str, depth: int) -> Several:
    found = Several(_place_of(start))
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        inside = longer(way, str(len(found.nodes)))
        found.nodes.append(_node(event, events, inside, depth + 1))
    return found


def _named(start: Any, events: Iterator[Any], way: str, depth: int) -> Named:
    found = Named(_place_of(start))
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        name, place = _name(event, way), _place_of(event)
        if name in found.nodes:
            first = found.places[name].line
            raise FaultyError(Fault(place, way, TWICE.format(name, first)))
        found.places[name] = place
        found.nodes[name] = _node(next(events), events, longer(way, name), depth + 1)
    return found


def _name(event: Any, way: str) -> str:
    if not isinstance(event, yaml.ScalarEvent):
        raise FaultyError(Fault(_place_of(event), way, NO_NAME))
    _refuse_tricks(event, way, 0)
    return str(event.value)


def longer(way: str, name: str) -> str:
    return ".".join(filter(None, [way, name]))
