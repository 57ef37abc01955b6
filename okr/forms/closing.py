"""The retrospectives of a page of objectives, written one by one or all at once."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied

from okr.audit import noted
from okr.forms.closures import ClosureForm
from okr.models import Cycle, Objective, Outcome, Person
from okr.pages.counting import counted

EVERY_ROW = "all"
A_ROW = re.compile(r"o([0-9]{1,15})-score")


class RowForm(ClosureForm):
    """One objective of the page, in little room."""

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, objective=objective, prefix=f"o{objective.pk}", **kwargs)
        self.fields["score"].help_text = self.fields["retrospective"].help_text = ""
        self.fields["outcome"].widget = forms.Select(choices=Outcome.choices)
        self.fields["outcome"].label = "Next"

    @property
    def has_words(self) -> bool:
        return bool(self.data.get(self.add_prefix("retrospective"), "").strip())


class ClosingForm:
    """What was typed into the rows of a page; a row is wanted by its own button, or by its words.

    Rows without words are shown anew, with their progress as score.
    """

    def __init__(self, objectives: Iterable[Objective], typed: Mapping[str, Any] | None) -> None:
        self.pressed = str(typed.get("save", EVERY_ROW)) if typed is not None else ""
        rows = [RowForm(typed, objective=each) for each in objectives]
        self.rows = [
            row if self._is_typed(row) else RowForm(objective=row.objective) for row in rows
        ]

    @staticmethod
    def sent_in(typed: Mapping[str, Any]) -> set[int]:
        """The numbers of the objectives whose rows were sent."""
        return {int(found[1]) for name in typed if (found := A_ROW.fullmatch(name))}

    @property
    def is_faulty(self) -> bool:
        return any(row.errors for row in self.rows if self._is_wanted(row))

    @property
    def is_typed(self) -> bool:
        return any(row.is_bound for row in self.rows)

    def keep(self, by: Person, at: datetime) -> list[Objective]:
        """Closes what is wanted and right, but not what somebody else closed meanwhile."""
        wanted = [row for row in self.rows if self._is_wanted(row) and row.is_valid()]
        return [row.objective for row in wanted if _closed(row, by, at)]

    def begin(self) -> None:
        """Leads on to the first row when the ones before it are saved."""
        for row in self.rows[:1]:
            row.fields["retrospective"].widget.attrs["autofocus"] = True

    def _row(self, objective: Objective, typed: Mapping[str, Any] | None) -> RowForm:
        row = RowForm(typed, objective=objective)
        return row if self._is_typed(row) else RowForm(objective=objective)

    def _is_wanted(self, row: RowForm) -> bool:
        by_button = self.pressed == str(row.objective.pk)
        return row.is_bound and (by_button or (self.pressed == EVERY_ROW and row.has_words))

    def _is_typed(self, row: RowForm) -> bool:
        return row.is_bound and (row.has_words or self.pressed == str(row.objective.pk))


def keep_retrospectives(
    form: ClosingForm, cycle: Cycle, by: Person, at: datetime
) -> list[Objective]:
    """What was closed; noted for the log."""
    with noted("cycles.retrospectives", cycle, always=True) as note:
        saved = form.keep(by=by, at=at)
        note.say(objectives=counted(len(saved), "retrospective"))
    return saved


def _closed(row: RowForm, by: Person, at: datetime) -> bool:
    try:
        row.keep(by=by, at=at)
    except PermissionDenied:
        return False
    return True
