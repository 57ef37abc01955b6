"""What a file of OKRs would change, or has changed, and what is wrong with it, for its page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from okr.as_code.comparing import ADD, CHANGE, REMOVE
from okr.as_code.reading import Fault, FaultyError, text_of
from okr.models import Cycle, FilePlan
from okr.pages.counting import counted, listed

SIGNS = {ADD: "+", CHANGE: "~", REMOVE: "−"}
WORDS = {ADD: "Add", CHANGE: "Change", REMOVE: "Delete"}
DONE = {ADD: "Added", CHANGE: "Changed", REMOVE: "Deleted"}
CYCLES = "Cycles"
MOST_FAULTS = 50
MOST_LETTERS = 120
BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""Where YAML sees the end of a line."""


@dataclass(frozen=True, slots=True)
class Group:
    """An objective with its key results, or all cycles."""

    title: str
    way: str
    cycle: str
    steps: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class FilePlanPage:
    filed: FilePlan

    @property
    def is_done(self) -> bool:
        return self.filed.done_at is not None

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(step["deed"] for step in self.filed.steps)

    @property
    def total(self) -> str:
        return counted(len(self.filed.steps), "change")

    @property
    def summary(self) -> str:
        """As "2 to add and 1 to delete"; nothing where all of it only changes what is there."""
        if self.counts[CHANGE] == len(self.filed.steps):
            return ""
        words = DONE if self.is_done else {deed: f"to {word}" for deed, word in WORDS.items()}
        told = [f"{self.counts[deed]:,} {words[deed].lower()}" for deed in SIGNS]
        return listed([each for each in told if not each.startswith("0 ")])

    @property
    def removals(self) -> int:
        return self.counts[REMOVE]

    @cached_property
    def cycles(self) -> dict[str | None, str]:
        """Their names by their keys; what the file adds has none yet."""
        keys = {step["of"]["cycle"] for step in self.filed.steps}
        return dict(Cycle.objects.filter(key__in=keys).values_list("key", "name"))

    @cached_property
    def groups(self) -> list[Group]:
        found: dict[str, Group] = {}
        words = DONE if self.is_done else WORDS
        for step in self.filed.steps:
            of = step["of"]
            is_cycle = step["noun"] == "cycle"
            way = "" if is_cycle else of["way"]
            title = CYCLES if is_cycle else of["title"]
            cycle = self.cycles.get(of["cycle"], of["cycle"])
            group = found.setdefault(way, Group(title, way, cycle))
            sign = {"sign": SIGNS[step["deed"]], "word": words[step["deed"]]}
            group.steps.append(step | sign)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class ShownFault:
    """`before`, `here` and `after` are the line of the file, parted where the fault is."""

    fault: Fault
    before: str
    here: str
    after: str


@dataclass(frozen=True)
class FaultsPage:
    faulty: FaultyError
    content: bytes

    @property
    def count(self) -> str:
        return counted(len(self.faulty.faults), "fault")

    @property
    def more(self) -> int:
        return max(0, len(self.faulty.faults) - MOST_FAULTS)

    @cached_property
    def shown(self) -> list[ShownFault]:
        lines = _lines(self.content)
        return [_shown(each, lines) for each in self.faulty.faults[:MOST_FAULTS]]


def _lines(content: bytes) -> Sequence[str]:
    try:
        return BREAKS.split(text_of(content))
    except FaultyError:
        return []


def _shown(fault: Fault, lines: Sequence[str]) -> ShownFault:
    line, column = fault.place
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    start = max(0, column - 1)
    begin = max(0, start - MOST_LETTERS // 2)
    word = re.match(r"\S*", text[start : start + MOST_LETTERS])
    end = start + len(word[0] if word else "")
    return ShownFault(fault, text[begin:start], text[start:end], text[end : begin + MOST_LETTERS])
