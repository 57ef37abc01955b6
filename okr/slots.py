"""The sockets that an integration may fill: named lists of functions, nothing more.

A template offers a socket with `{% slot "name" … %}` and shows what each function returns; a view
asks one with `ask`. Without an integration every socket is empty and the page is whole.

| socket | called with | answers |
|-|-|-|
| key_result.panels | request, key_result | HTML below the number |
| key_result.reconstructed | key_result | a Reconstruction of the time before it fed the number |
| key_results.sources | key_results | {id: Source} for those that it feeds |
| check_ins.footnotes | person, key_result, check_ins of one page | {id: HTML below that check-in} |
| check_in.corrected | check-ins, old and new | nothing; what hung on the old hangs on the new |
| check_in.notice | request, key_result | HTML above a closed value field |
| key_results.carried | pairs of key results, (old, new) | nothing; what fed the old feeds the new |
| check_in.suggestion | request, key_result | a sentence beside the suggested confidence |
| measurement.reasons | measurements of one history, oldest first | {id: Reason} |
| imports.shapes | nothing | every okr.imports.Shape of its own that can be imported |
| people.columns | people of one page of the admin's list | a PeopleColumn |
| search.hits | request, words (a list) | Hits of its own, only what this person may see |
| unit_cycle.actions | request, "okrs" or "review", unit or None, cycle | HTML by its buttons |
| page.head | request | HTML of its own styles and scripts, in the head of every page |
| integrations.list | request | an Entry of the admin's Integration page |
| audit.areas | nothing | an okr.audit.areas.Area of what admins do with it |
| integrations.failures | now | a list of Failures: what cannot be read just now |
| navigation.admin | request | a Link under OKR Admin › Integration |
| background.state | request | HTML that says whether a worker was seen of late |
| watch.numbers | now | every Series that whoever runs the product may watch |
| as_code.parts | nothing | its own okr.as_code.parts.Part of each key result in a file, in a list |
| retention.kept | nothing | its own Kept, in a list |
| database.restored | now, without_secrets | nothing; nothing runs any more |
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

Filler = Callable[..., Any]

SOCKETS = (
    "key_result.panels",
    "key_result.reconstructed",
    "key_results.sources",
    "check_ins.footnotes",
    "check_in.corrected",
    "check_in.notice",
    "key_results.carried",
    "check_in.suggestion",
    "measurement.reasons",
    "imports.shapes",
    "people.columns",
    "search.hits",
    "unit_cycle.actions",
    "page.head",
    "integrations.list",
    "audit.areas",
    "integrations.failures",
    "navigation.admin",
    "background.state",
    "watch.numbers",
    "as_code.parts",
    "retention.kept",
    "database.restored",
)
_filled: dict[str, list[Filler]] = {name: [] for name in SOCKETS}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a key result's number comes from, and how old the reading is."""

    name: str
    read_at: datetime | None
    stale: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a number moved; `shape` is its mark on the history: dot return plus minus diamond."""

    shape: str
    words: str


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """What a number would have been before an integration fed it: drawn as such, counted nowhere.

    `points` are moments and percents, oldest first, each holding until the next and the last one
    `until` the first reading; `words` say what it was reconstructed from.
    """

    points: Sequence[tuple[datetime, Decimal]]
    until: datetime
    words: str


@dataclass(frozen=True, slots=True)
class PeopleColumn:
    """What an integration says of each person; `words` by the person's id."""

    label: str
    words: dict[int, str]


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found; `note` tells where it is, `under` names its group, `pk` is the
    row's."""

    title: str
    url: str
    note: str = ""
    icon: str = "link"
    closed: bool = False
    under: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An integration as the admin's list shows it."""

    label: str
    url: str
    summary: str
    state: str


@dataclass(frozen=True, slots=True)
class Failure:
    """What an integration cannot read, and the key results that stand still for it. `key` is the
    same as long as it need not be told again."""

    key: str
    sentence: str
    key_results: Sequence[int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What grows and is not the record; `older_than` are its rows from before a moment.

    Of 0 days, it is kept for ever.
    """

    name: str
    days: int
    older_than: "Callable[[datetime], QuerySet[Any]]"


@dataclass(frozen=True, slots=True)
class Series:
    """A number that is watched over time: its value now, by the values of its labels."""

    name: str
    words: str
    labels: tuple[str, ...] = ()
    values: Mapping[tuple[str, ...], float] = field(default_factory=dict)


def fill(name: str) -> Callable[[Filler], Filler]:
    """Decorator: puts a function into a socket."""

    def plug(function: Filler) -> Filler:
        _filled[name].append(function)
        return function

    return plug


def ask(name: str, *args: Any, **kwargs: Any) -> list[Any]:
    """What each function in the socket answers, None left out."""
    answers = [function(*args, **kwargs) for function in _filled[name]]
    return [answer for answer in answers if answer is not None]


@contextmanager
def filled(name: str, function: Filler) -> Iterator[None]:
    """Fills a socket for the length of a test."""
    fill(name)(function)
    try:
        yield
    finally:
        _filled[name].remove(function)


@contextmanager
def emptied() -> Iterator[None]:
    """Empties every socket for the length of a test, as if no integration were there."""
    plugged = {name: list(functions) for name, functions in _filled.items()}
    for functions in _filled.values():
        functions.clear()
    try:
        yield
    finally:
        for name, functions in plugged.items():
            _filled[name][:] = functions


def sources(key_results: Sequence[Any]) -> dict[int, Source]:
    """Where each number comes from; one that is entered by hand is absent."""
    return _merged(ask("key_results.sources", key_results))


def reasons(measurements: Sequence[Any]) -> dict[int, Reason]:
    """Why numbers moved, as far as an integration knows it."""
    return _merged(ask("measurement.reasons", measurements))


def footnotes(person: Any, key_result: Any, check_ins: Sequence[Any]) -> dict[int, list[Any]]:
    """What integrations put below check-ins, by the check-in."""
    found: dict[int, list[Any]] = {}
    for answer in ask("check_ins.footnotes", person, key_result, check_ins):
        for pk, html in answer.items():
            found.setdefault(pk, []).append(html)
    return found


def reconstructed(key_result: Any) -> Reconstruction | None:
    """The time before an integration fed the number, as far as one can tell it."""
    found: list[Reconstruction] = ask("key_result.reconstructed", key_result)
    return next((each for each in found if each.points), None)


def search_hits(request: Any, words: Sequence[str]) -> list[Hit]:
    """What integrations found for these words."""
    return [hit for hits in ask("search.hits", request, words) for hit in hits]


def _merged(answers: Iterable[dict[int, Any]]) -> dict[int, Any]:
    return {key: found for answer in answers for key, found in answer.items()}
