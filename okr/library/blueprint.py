"""One shape for what can be begun from, whether the product brought it or the company wrote it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from okr.models import Template
from okr.models.template import Category, Measure

SHIPPED = Path(__file__).with_name("shipped.toml")
OWN = "own-"


@dataclass(frozen=True, slots=True)
class Blueprint:
    """`key` names it in addresses; `own` is the company's template behind it, if it is one."""

    key: str
    title: str
    about: str
    category: str
    measures: tuple[Measure, ...]
    own: Template | None = None

    @property
    def category_name(self) -> str:
        return str(Category(self.category).label)

    def holds(self, words: list[str]) -> bool:
        measured = " ".join(measure.title for measure in self.measures)
        text = f"{self.title} {self.about} {self.category_name} {measured}".casefold()
        return all(word.casefold() in text for word in words)


@cache
def shipped() -> tuple[Blueprint, ...]:
    """What comes with the product, in the order of the file."""
    with SHIPPED.open("rb") as file:
        return tuple(_read(key, each) for key, each in tomllib.load(file).items())


def _read(key: str, each: dict[str, Any]) -> Blueprint:
    measures = tuple(Measure.of(measure) for measure in each["measures"])
    return Blueprint(key, each["title"], each["about"], each["category"], measures)


def gallery(query: str = "", category: str = "") -> list[Blueprint]:
    """The company's own first, then the product's; those that hold each of the words."""
    everything = [*(_own(template) for template in Template.objects.all()), *shipped()]
    return [
        each for each in everything if each.holds(query.split()) and category in ("", each.category)
    ]


def find(key: str) -> Blueprint | None:
    number = key.removeprefix(OWN)
    if key.startswith(OWN) and number.isdecimal() and len(number) < 19:
        template = Template.objects.filter(pk=int(number)).first()
        return _own(template) if template else None
    return next(_with_key(key), None)


def _with_key(key: str) -> Iterator[Blueprint]:
    return (each for each in shipped() if each.key == key)


def _own(template: Template) -> Blueprint:
    return Blueprint(
        template.key,
        template.title,
        template.about,
        template.category,
        tuple(template.measures),
        template,
    )
