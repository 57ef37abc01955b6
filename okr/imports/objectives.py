"""Objectives with key results from a file, in the columns of the company's own export."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from okr.imports.drafts import Draft, gathered
from okr.imports.planting import Outcome, Planter
from okr.imports.reading import Column, Line, UnreadableError
from okr.imports.shape import Fate, Finding, Shape, Verdict
from okr.models import Cycle, Person
from okr.models.alignment import hold_graph

MOST_ROWS = 250  # each is written like one by hand, twice: a request must not take half a minute
TOO_MANY = f"At most {MOST_ROWS} rows can be imported at once. Split the file."


class ObjectivesShape(Shape):
    """Into one cycle, which its address names; the check is a rehearsal that is taken back."""

    title: ClassVar = "Import objectives"
    columns: ClassVar = (
        Column(
            "objective", "Its title; empty: as in the row above", "Calm releases", required=True
        ),
        Column("level", "company, unit or individual (usual)", "unit"),
        Column("unit", "For level unit: its name or path", "Platform"),
        Column("owner_email", "Who owns the objective", "dana.holt@example.com", required=True),
        Column("parent", "The title of what it contributes to", ""),
        Column("weight", "How much it counts there; 1 is usual", "1"),
        Column("visibility", "public (usual) or confidential", "public"),
        Column("tags", "Up to three, with commas between them", "Reliability"),
        Column("key_result", "One row for each key result", "Releases in a week"),
        Column("kr_owner_email", "Empty: who owns the objective", ""),
        Column("kind", "percent, number, currency, yes_no, stay_above, stay_below", "number"),
        Column("start", "The number that it starts from", "2"),
        Column("target", "The number to reach, or the threshold", "10"),
        Column("current", "Where it stands, if it has moved already", ""),
        Column("measured_in", "For example days or €", "releases"),
        Column("kr_weight", "How much it counts in its objective; 1 is usual", "1"),
    )

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = cycle
        self.slug = f"objectives-{cycle.pk}"  # type: ignore[misc]
        self.why = (  # type: ignore[misc]
            f"Adds objectives and key results to {cycle}, by the rules for writing them by"
            " hand. What is here already, told by title and owner, stays as it is. An export of the"
            " company list has these columns."
        )

    def may_import(self, person: Person) -> bool:
        return person.may_create_any

    def back(self) -> str:
        return f"{reverse('okr:company')}?cycle={self.cycle.pk}"

    def hold(self) -> None:
        hold_graph(self.cycle.pk)

    def check(self, lines: Sequence[Line], by: Person) -> Finding:
        if len(lines) > MOST_ROWS:
            raise UnreadableError(TOO_MANY)
        drafts, faults = gathered(lines)
        with transaction.atomic():
            outcomes = Planter(self.cycle, by, timezone.now()).plant(drafts)
            transaction.set_rollback(True)
        outcomes |= {number: Outcome.refused(error) for number, error in faults.items()}
        draft_of = {line.number: draft for draft in drafts for line in draft.lines}
        return Finding([_verdict(line, outcomes, draft_of.get(line.number)) for line in lines])

    def write(self, finding: Finding, by: Person, at: datetime) -> None:
        drafts = {id(draft): draft for draft in finding.plans}
        Planter(self.cycle, by, at).plant(drafts.values())


def _verdict(line: Line, outcomes: dict[int, Outcome], draft: Draft | None) -> Verdict:
    outcome = outcomes[line.number]
    title = line.cells.get("objective", "") or (draft.title if draft else "")
    what = " › ".join(filter(None, [title, line.cells.get("key_result", "")]))
    if outcome.fate == Fate.PROBLEM:
        return Verdict.problem(line, what, outcome.column, outcome.reason)
    return Verdict(line.number, outcome.fate, what, changes=outcome.changes, plan=draft)
