"""Who changed what, in sentences; what the reader may not see is not named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from okr.models import Change, KeyResult, Objective, Person
from okr.models.change import ChangeQuerySet

LATEST, MOST = 5, 200
MOST_LETTERS = 300
HIDDEN = "something that is not shown to you"
NOTHING = "nothing"
PLAIN = {"created": "created it", "description": "changed the description"}
WORDS = {
    "title": "the title",
    "cycle": "the cycle",
    "level": "the level",
    "unit": "the unit",
    "owner": "the owner",
    "weight": "the weight",
    "visibility": "who may see it",
    "viewers": "who else may see it",
    "kind": "how it is measured",
    "measured_in": "what it is counted in",
    "start": "where it starts",
    "target": "the target",
    "milestones": "the milestones",
}


@dataclass(frozen=True, slots=True)
class Told:
    by: Person
    at: datetime
    words: str
    about: KeyResult | None


@dataclass(frozen=True, slots=True)
class Changes:
    told: list[Told]
    more: bool


def changes_of(about: Objective | KeyResult, person: Person, *, whole: bool) -> Changes:
    """The latest changes, or as many as anybody reads; in two queries."""
    rows: ChangeQuerySet = about.changes.select_related("by", "key_result").order_by("-at", "-id")
    most = MOST if whole else LATEST
    found = list(rows[: most + 1])
    names = names_in(found, person)
    told = [Told(row.by, row.at, sentence(row, names), row.key_result) for row in found[:most]]
    return Changes(told, len(found) > most and not whole)


def sentence(change: Change, names: dict[int, str]) -> str:
    """What somebody did, to stand after their name."""
    before = _side(change.before_objective_id, names)
    after = _side(change.after_objective_id, names)
    match change.field:
        case "carried":
            return f"carried it forward from {change.before}"
        case "created" | "description":
            return PLAIN[change.field]
        case "key_result":
            return f"added “{change.after}”" if change.after else f"deleted “{change.before}”"
        case "closure":
            return _ended(change)
        case "parent":
            return f"moved it from under {before} to under {after}"
        case "supports":
            return (
                f"says that it supports {after}"
                if after != NOTHING
                else f"no longer supports {before}"
            )
        case "assigned":
            return (
                f"assigned it on as {after}" if after != NOTHING else f"took it back from {before}"
            )
    word = WORDS.get(change.field, change.field)
    return (
        f"changed {word} from {_quoted(change, change.before)} to {_quoted(change, change.after)}"
    )


def _ended(change: Change) -> str:
    if change.after:
        return f"closed it with {change.after}"
    return f"reopened it, which had been closed with {_short(change.before)}"


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()} …"


def _side(pk: int | None, names: dict[int, str]) -> str:
    return NOTHING if pk is None else names.get(pk, HIDDEN)


def _quoted(change: Change, text: str) -> str:
    if not text:
        return NOTHING
    return f"“{text}”" if change.field in ("title", "measured_in") else text


def names_in(changes: Iterable[Change], person: Person) -> dict[int, str]:
    """The titles of what is named and may be seen."""
    sides = [pk for each in changes for pk in (each.before_objective_id, each.after_objective_id)]
    named = {pk for pk in sides if pk is not None}
    if not named:
        return {}
    seen = Objective.objects.visible_to(person).filter(pk__in=named)
    return {pk: f"“{title}”" for pk, title in seen.values_list("pk", "title")}
