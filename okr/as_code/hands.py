"""Does the steps of a file by the forms and verbs of the pages, as the person who applies it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from okr.access import NOT_CREATING, NOT_YOURS, may_edit
from okr.as_code.comparing import ADD, REMOVE, Step
from okr.as_code.document import Row
from okr.as_code.fields import OBJECTIVE, WrongError
from okr.as_code.forming import RefusedError, as_formset, filled, kept, planned
from okr.as_code.moving import TOLD, begun, handed_on, released
from okr.as_code.parts import Part, wrong_part
from okr.as_code.reading import Fault
from okr.audit import noted_of_others
from okr.forms.cycles import CycleForm
from okr.forms.key_results import KeyResultForm
from okr.forms.objectives import ObjectiveForm
from okr.models import Cycle, KeyResult, Objective, Person

FOR_ADMINS = "Only OKR admins add or change cycles; a token needs the scope “admin” for it."
CYCLE_IS_CLOSED = "This cycle is closed. Reopen it to change it."


@dataclass
class Hands:
    """`changes_cycles`: whether the person may, in the way in which they ask. Call it in a
    transaction; what could not be done is in `faults`, and what hangs on it was not tried."""

    by: Person
    at: datetime
    parts: Sequence[Part]
    asked: Mapping[tuple[str, str], Any]
    changes_cycles: bool
    faults: list[Fault] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)

    def do(self, steps: Sequence[Step]) -> None:
        for deed in (self._release, self._one):
            for step in steps:
                try:
                    with transaction.atomic():
                        deed(step)
                except RefusedError as refused:
                    self._refused(step, *refused.faults)
                except PermissionDenied as refused:
                    self._refused(step, step.row.fault("", str(refused)))

    def _refused(self, step: Step, *faults: Fault) -> None:
        self.faults += faults
        if step.deed == ADD:
            self.missing.add(step.row.way)

    def _one(self, step: Step) -> None:
        if self.missing & _hangs_on(step.row):
            raise RefusedError
        if step.deed == REMOVE:
            self._remove(step.row.found)
        elif step.row.noun == "cycle":
            self._cycle(step)
        elif step.row.noun == "objective":
            self._objective(step)
        else:
            self._key_result(step)

    def _cycle(self, step: Step) -> None:
        row, cycle = step.row, step.here.found if step.here else Cycle(key=step.row.key)
        if not self.changes_cycles:
            raise RefusedError(row.fault("", FOR_ADMINS))
        if cycle.closed_at:
            raise RefusedError(row.fault("", CYCLE_IS_CLOSED))
        typed = filled(CycleForm(instance=cycle), row, row.values)
        kept(CycleForm(typed, instance=cycle), row)

    def _objective(self, step: Step) -> None:
        row = step.row
        if step.here:
            self._change(step, step.here)
        elif row.values["moves"]:
            self._begin(row)
        elif not self.by.may_create_any:
            raise RefusedError(row.fault("", NOT_CREATING))
        else:
            self._write(row, Objective(key=row.key), set(OBJECTIVE) - {"moves"})

    def _change(self, step: Step, here: Row) -> None:
        row, names = step.row, step.names
        objective = self._editable(row, here)
        if row.values["moves"]:
            names -= TOLD
            if "moves" in step.names:
                handed_on(row, objective, self.by, self.at)
                objective.refresh_from_db()
        elif "moves" in names:
            names -= {"moves", *(() if row.values["parent"] else ("parent",))}
        if names:
            self._write(row, objective, names)

    def _release(self, step: Step) -> None:
        """Before anything else is done: what one gives back, another one may take."""
        if step.here and step.row.noun == "objective" and "moves" in step.names:
            objective = self._editable(step.row, step.here)
            released(step.row, objective.assigned_from, self.by, self.at)

    def _editable(self, row: Row, here: Row) -> Objective:
        objective = Objective.objects.for_cards().get(pk=here.found.pk)
        if not may_edit(self.by, objective):
            raise RefusedError(row.fault("", NOT_YOURS))
        return objective

    def _begin(self, row: Row) -> None:
        objective = begun(row, self.by, self.at)
        differing = {name for name, each in OBJECTIVE.items() if row.values[name] != each.usual}
        self._write(row, objective, (differing - TOLD - {"title", "owner"}) | {"visibility"})

    def _write(self, row: Row, objective: Objective, names: set[str]) -> None:
        values = {name: row.values[name] for name in names}
        form = ObjectiveForm(None, person=self.by, instance=objective)
        typed = filled(form, row, values)
        kept(ObjectiveForm(typed, person=self.by, instance=objective), row, at=self.at)

    def _key_result(self, step: Step) -> None:
        row, added = step.row, [part for part in self.parts if part.name in step.names]
        key_result = self._found(row)
        if not may_edit(self.by, key_result if key_result.pk else key_result.objective):
            raise RefusedError(row.fault("", NOT_YOURS))
        if names := step.names - {part.name for part in added}:
            form = KeyResultForm(None, person=self.by, instance=key_result)
            steps = planned(row, key_result)
            values = {name: row.values[name] for name in names if name != "milestones"}
            typed = filled(form, row, values)
            for name, value in as_formset(steps).lists():
                typed.setlist(name, value)
            form = KeyResultForm(typed, person=self.by, instance=key_result)
            kept(form, row, steps, at=self.at)
        for part in added:
            self._add(part, row, key_result)

    def _found(self, row: Row) -> KeyResult:
        rows = KeyResult.objects.select_related("owner", "objective__cycle", "objective__owner")
        known = rows.filter(objective__key=row.objective.key, key=row.key).first()
        if known:
            return known
        objective = Objective.objects.for_cards().get(key=row.objective.key)
        return KeyResult(objective=objective, key=row.key)

    def _add(self, part: Part, row: Row, key_result: KeyResult) -> None:
        try:
            asked = self.asked.get((row.way, part.name))
            part.keep(key_result, row.values[part.name], asked, by=self.by, at=self.at)
        except WrongError as wrong:
            raise RefusedError(wrong_part(part, row, wrong)) from wrong
        except PermissionDenied as refused:
            raise RefusedError(row.fault(part.name, str(refused))) from refused

    def _remove(self, found: Objective | KeyResult) -> None:
        if isinstance(found, KeyResult):
            found.remove(by=self.by, at=self.at)
            return
        with noted_of_others("contents.objective_deleted", found, found.owner):
            found.remove()


def _hangs_on(row: Row) -> set[str]:
    """The ways of what must be there for it."""
    values, above = row.values, {row.objective.way}
    if row.noun == "objective":
        moved, _, key = values["moves"].partition("/")
        keys = {values["parent"], *values["supports"]} - {""}
        above = {f"objectives.{each}" for each in keys} | {f"cycles.{values['cycle']}"}
        above.add(f"objectives.{moved}.key_results.{key}")
    return above - {row.way}
