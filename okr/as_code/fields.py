"""The fields of a file: how each is read into the words in which rows are compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from okr.as_code.reading import NOWHERE, Named, Node, Place, Several, Text
from okr.forms.numbers import NumberField
from okr.models import CycleKind, Kind, Level, Visibility
from okr.models.kind import THRESHOLDS
from okr.models.tag import distinct

ONE_VALUE = "Write one value here."
A_LIST = "Write a list here: one in each line, after a hyphen."
A_MAP = "Write fields here: a name, a colon and a value."
ONE_OF = "Write one of these: {}."
NOT_HERE = "There is no such field here."
RECORD = "This is the record of what happened, not the plan. Leave it out."
RECORDED = ("progress", "current", "confidence", "check_ins", "approval", "closed", "score")
WITH_A_WAY = (Kind.PERCENT, Kind.NUMBER, Kind.CURRENCY)
COUNTED = (Kind.NUMBER, Kind.CURRENCY, *THRESHOLDS)
Values = dict[str, Any]


class WrongError(Exception):
    """Why a value cannot be taken; `inside` is the way to it from its field."""

    def __init__(self, message: str, place: Place, inside: str = "") -> None:
        super().__init__(message)
        self.message, self.place, self.inside = message, place, inside


@dataclass(frozen=True, slots=True)
class Field:
    """`usual` is what is meant where the file says nothing; `plain` is written without quotes."""

    name: str
    take: Callable[[Node], Any]
    usual: Any = ""
    plain: bool = False


def words(node: Node) -> str:
    if not isinstance(node, Text):
        raise WrongError(ONE_VALUE, node.place)
    return smooth(node.text)


def smooth(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def number(node: Node) -> str:
    """Alike where it is the same number; what is none is left for the form to refuse."""
    return _as_told(NumberField(required=False), words(node))


def day(node: Node) -> str:
    return _as_told(forms.DateField(required=False), words(node))


def _as_told(field: Any, text: str) -> str:
    try:
        value = field.clean(text)
    except ValidationError:
        return text
    return "" if value is None else str(field.prepare_value(value))


def choice(*allowed: str) -> Callable[[Node], str]:
    def take(node: Node) -> str:
        text = words(node)
        if text and text not in allowed:
            raise WrongError(ONE_OF.format(", ".join(allowed)), node.place)
        return text

    return take


def names(node: Node) -> tuple[str, ...]:
    """Each once; their order means nothing."""
    return tuple(sorted({words(each) for each in rows(node)} - {""}))


def tags(node: Node) -> tuple[str, ...]:
    return in_order_of_tags([words(each) for each in rows(node)])


def in_order_of_tags(told: list[str]) -> tuple[str, ...]:
    return tuple(name for _, name in sorted(distinct(told).items()))


def rows(node: Node) -> list[Node]:
    if isinstance(node, Text) and not node.text:
        return []
    if not isinstance(node, Several):
        raise WrongError(A_LIST, node.place)
    return node.nodes


def named(node: Node) -> Named:
    if isinstance(node, Text) and not node.text:
        return Named(node.place)
    if not isinstance(node, Named):
        raise WrongError(A_MAP, node.place)
    return node


def taken(node: Node, fields: Mapping[str, Field]) -> Values:
    """What a small map says, with the usual for the rest; raises WrongError for its first fault."""
    found, said = named(node), Values()
    for name, each in found.nodes.items():
        if name not in fields:
            raise WrongError(NOT_HERE, found.places[name], name)
        try:
            said[name] = fields[name].take(each)
        except WrongError as wrong:
            raise WrongError(wrong.message, wrong.place, name) from wrong
    return {name: field.usual for name, field in fields.items()} | said


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A milestone; where it stands in a file does not count."""

    due_on: str
    title: str
    weight: str
    place: Place = dataclass_field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f"{self.title} ({self.due_on}, weight {self.weight})"


def milestones(node: Node) -> tuple[Step, ...]:
    """As they are due."""
    found = []
    for place, each in enumerate(rows(node)):
        try:
            found.append(Step(**taken(each, MILESTONE), place=each.place))
        except WrongError as wrong:
            inside = f"{place}.{wrong.inside}" if wrong.inside else str(place)
            raise WrongError(wrong.message, wrong.place, inside) from wrong
    return tuple(sorted(found))


def by_name(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


MILESTONE = by_name(
    Field("title", words),
    Field("due_on", day, plain=True),
    Field("weight", number, "1", plain=True),
)
CYCLE = by_name(
    Field("name", words),
    Field("kind", choice(*CycleKind.values), CycleKind.CUSTOM.value),
    Field("starts_on", day, plain=True),
    Field("ends_on", day, plain=True),
)
OBJECTIVE = by_name(
    Field("title", words),
    Field("description", words),
    Field("cycle", words),
    Field("level", choice(*Level.values)),
    Field("unit", words),
    Field("owner", words),
    Field("parent", words),
    Field("moves", words),
    Field("supports", names, ()),
    Field("weight", number, "1", plain=True),
    Field("visibility", choice(*Visibility.values), Visibility.PUBLIC.value),
    Field("viewers", names, ()),
    Field("tags", tags, ()),
)
KEY_RESULT = by_name(
    Field("title", words),
    Field("kind", choice(*Kind.values), Kind.PERCENT.value),
    Field("measured_in", words),
    Field("start", number, "0", plain=True),
    Field("target", number, "100", plain=True),
    Field("threshold", number, plain=True),
    Field("owner", words),
    Field("weight", number, "1", plain=True),
    Field("milestones", milestones, ()),
)
KINDS = {
    "measured_in": COUNTED,
    "start": WITH_A_WAY,
    "target": WITH_A_WAY,
    "threshold": THRESHOLDS,
    "milestones": (Kind.MILESTONES,),
}
"""Fields that only some kinds of key results have."""
