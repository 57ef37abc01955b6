"""Writes objectives of a file by the same forms as people do, so that the same rules hold."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelForm
from django.forms.utils import ErrorDict

from okr.access import may_edit
from okr.forms.key_results import KeyResultForm
from okr.forms.numbers import NumberField
from okr.forms.objectives import NOT_YOUR_LEVEL, ObjectiveForm
from okr.imports.drafts import Draft, Key, from_the_top
from okr.imports.reading import Line, RowError
from okr.imports.shape import Fate
from okr.models import Cycle, KeyResult, Kind, Level, Objective, Person, Unit, Visibility
from okr.models.kind import THRESHOLDS
from okr.models.unit import paths

NOT_EDITABLE = "This objective is here already, and you may not change it."
NOBODY = "Nobody who is active has this address."
NEW_OBJECTIVE, NEW_KEY_RESULT = "New objective", "New key result"
LEVELS = {name.casefold(): each.value for each in Level for name in (each.value, each.label)}
KINDS = {name.casefold(): each.value for each in Kind for name in (each.value, each.label)}
VISIBILITIES = {
    name.casefold(): each.value for each in Visibility for name in (each.value, each.label)
}
OBJECTIVE_COLUMNS = {"title": "objective", "owner": "owner_email"}
KEY_RESULT_COLUMNS = {
    "title": "key_result",
    "owner": "kr_owner_email",
    "weight": "kr_weight",
    "threshold": "target",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    fate: Fate
    column: str = ""
    reason: str = ""
    changes: tuple[str, ...] = ()

    @classmethod
    def refused(cls, error: RowError) -> "Outcome":
        return cls(Fate.PROBLEM, error.column, error.sentence)


class NothingTakenError(Exception):
    """No row of a new objective can be taken, so there is no objective either."""


@dataclass
class Planter:
    """One file on its way into a cycle, by a person who may only do what they may."""

    cycle: Cycle
    by: Person
    at: datetime
    people: dict[str, int] = field(init=False)
    units: dict[str, list[int]] = field(init=False)
    here: dict[Key, Objective] = field(init=False)
    titles: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        active = Person.objects.active().values_list("email", "pk")
        self.people = {email.casefold(): pk for email, pk in active}
        self.units = defaultdict(list)
        for pk, path in paths().items():
            self.units[path.casefold()].append(pk)
        for pk, name in Unit.objects.values_list("pk", "name"):
            if pk not in self.units[name.casefold()]:
                self.units[name.casefold()].append(pk)
        self.here, self.titles = {}, defaultdict(list)
        seen = Objective.objects.visible_to(self.by).filter(cycle=self.cycle)
        for objective in seen.select_related("owner").order_by("pk"):
            self._remember(objective)

    def plant(self, drafts: Iterable[Draft]) -> dict[int, Outcome]:
        """What became of each row, by its number. Call it in a transaction."""
        outcomes: dict[int, Outcome] = {}
        for draft in from_the_top(list(drafts)):
            outcomes |= self._one(draft)
        return outcomes

    def _one(self, draft: Draft) -> dict[int, Outcome]:
        known = self.here.get(draft.key)
        outcomes: dict[int, Outcome] = {}
        try:
            with transaction.atomic():
                objective = known or self._objective(draft)
                outcomes = {line.number: self._row(line, objective, known) for line in draft.lines}
                if known is None and all(each.fate == Fate.PROBLEM for each in outcomes.values()):
                    raise NothingTakenError
        except NothingTakenError:
            return outcomes
        except RowError as error:
            return _all_refused(draft, error)
        if known is None:
            self._remember(objective)
        return outcomes

    def _remember(self, objective: Objective) -> None:
        self.here.setdefault(
            (objective.title.casefold(), objective.owner.email.casefold()), objective
        )
        self.titles[objective.title.casefold()].append(objective.pk)

    def _objective(self, draft: Draft) -> Objective:
        cells = draft.cells
        level = _choice(cells.get("level", ""), LEVELS, "level", Level.INDIVIDUAL)
        typed = {
            "title": draft.title,
            "description": "",
            "cycle": self.cycle.pk,
            "level": level,
            "unit": self._unit(cells.get("unit", "")) if level == Level.UNIT else "",
            "owner": self._person(cells.get("owner_email", ""), "owner_email"),
            "parent": self._parent(cells.get("parent", "")),
            "weight": cells.get("weight", "") or "1",
            "visibility": _choice(
                cells.get("visibility", ""), VISIBILITIES, "visibility", Visibility.PUBLIC
            ),
            "tags": cells.get("tags", ""),
        }
        form = ObjectiveForm(typed, person=self.by)
        if level != Level.INDIVIDUAL and "level" not in form.fields:
            raise RowError("level", NOT_YOUR_LEVEL)
        _keep(form, OBJECTIVE_COLUMNS, "objective", self.at)
        saved: Objective = form.instance
        return saved

    def _row(self, line: Line, objective: Objective, known: Objective | None) -> Outcome:
        new = () if known else (NEW_OBJECTIVE,)
        title = line.cells.get("key_result", "")
        if not title:
            return Outcome(Fate.NEW, changes=new) if new else Outcome(Fate.UNCHANGED)
        if objective.key_results.filter(title__iexact=title).exists():
            return Outcome(Fate.UNCHANGED)
        try:
            if known and not may_edit(self.by, known):
                raise RowError("objective", NOT_EDITABLE)
            with transaction.atomic():
                self._key_result(line, objective)
        except RowError as error:
            return Outcome.refused(error)
        return Outcome(Fate.NEW, changes=(*new, NEW_KEY_RESULT))

    def _key_result(self, line: Line, objective: Objective) -> None:
        cells = line.cells
        kind = _choice(cells.get("kind", ""), KINDS, "kind", Kind.PERCENT)
        kind = Kind.PERCENT if kind == Kind.MILESTONES else kind
        owner = cells.get("kr_owner_email", "") or objective.owner.email
        typed = {
            "title": cells["key_result"],
            "kind": kind,
            "measured_in": cells.get("measured_in", ""),
            "start": cells.get("start", "") or "0",
            "target": cells.get("target", "") or ("" if kind in THRESHOLDS else "100"),
            "threshold": cells.get("target", ""),
            "owner": self._person(owner, "kr_owner_email"),
            "weight": cells.get("kr_weight", "") or "1",
        }
        form = KeyResultForm(typed, person=self.by, instance=KeyResult(objective=objective))
        _keep(form, KEY_RESULT_COLUMNS, "key_result", self.at)
        current = _number(cells.get("current", ""))
        if current is not None and current != form.instance.start:
            form.instance.enter(current, by=self.by, at=self.at)

    def _person(self, email: str, column: str) -> int:
        if email.casefold() not in self.people:
            raise RowError(column, NOBODY if email else "There is no e-mail address.")
        return self.people[email.casefold()]

    def _unit(self, name: str) -> int | str:
        return _single(self.units.get(name.casefold(), []), name, "unit")

    def _parent(self, title: str) -> int | str:
        return _single(self.titles.get(title.casefold(), []), title, "parent")


def _single(found: list[int], name: str, column: str) -> int | str:
    if not name:
        return ""
    if len(found) == 1:
        return found[0]
    if found:
        raise RowError(column, f"{len(found)} are called so. Choose it by hand afterwards.")
    raise RowError(column, "Nothing that you may see here is called so.")


def _choice(text: str, known: dict[str, str], column: str, usual: str) -> str:
    if not text:
        return usual
    if text.casefold() not in known:
        allowed = ", ".join(dict.fromkeys(known.values()))
        raise RowError(column, f"Write one of these: {allowed}.")
    return known[text.casefold()]


def _number(text: str) -> Decimal | None:
    try:
        number: Decimal | None = NumberField(required=False).clean(text)
    except ValidationError as error:
        raise RowError("current", error.messages[0]) from error
    return number


def _keep(form: Any, columns: dict[str, str], otherwise: str, at: datetime) -> None:
    """Raises RowError with the first fault of the form."""
    if not form.is_valid():
        raise _fault(form, form.errors, columns, otherwise)
    try:
        form.keep(at=at)
    except ValidationError as error:
        raise RowError(otherwise, error.messages[0]) from error


def _fault(
    form: "ModelForm[Any]", errors: ErrorDict, columns: dict[str, str], otherwise: str
) -> RowError:
    name, sentences = next(iter(errors.items()))
    column = columns.get(name, name) if name in form.fields else otherwise
    return RowError(column, str(sentences[0]))


def _all_refused(draft: Draft, error: RowError) -> dict[int, Outcome]:
    """The first row says what is wrong, the others where to look."""
    first, *others = draft.lines
    see = RowError("objective", f"Its objective cannot be imported; see row {first.number}.")
    return {first.number: Outcome.refused(error)} | {
        line.number: Outcome.refused(see) for line in others
    }
