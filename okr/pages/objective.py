"""The page of an objective: what it consists of, and how its number comes about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from okr.access import may_edit
from okr.models import CheckIn, KeyResult, Objective, Person
from okr.models.objective import ObjectiveQuerySet
from okr.pages import words
from okr.pages.calendar import Calendar
from okr.pages.changes import Changes, changes_of
from okr.pages.company import with_signs
from okr.pages.ending import Ending, ending_of
from okr.pages.explanation import Contribution, Explanation, explain
from okr.pages.kin import Kin, kin_of
from okr.pages.rows import Row, lowest, rows_of

LATEST = 5


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    objective: Objective
    calendar: Calendar
    rows: list[Row]
    aligned: list[Objective]
    explanation: Explanation
    check_ins: list[CheckIn]
    can_edit: bool
    ending: Ending
    kin: Kin
    changes: Changes

    @property
    def confidence(self) -> str:
        return lowest(row.key_result.confidence for row in self.rows)

    @property
    def weighed_rows(self) -> list[tuple[Row, Contribution]]:
        """The key results, which come first in the explanation, with how much each counts."""
        return list(zip(self.rows, self.explanation.contributions, strict=False))

    @property
    def weighed_aligned(self) -> list[tuple[Objective, Contribution | None]]:
        counted = self.explanation.contributions[len(self.rows) :]
        lines = {line.part.pk: line for line in counted if line.part}
        return [(each, lines.get(each.pk)) for each in self.aligned]

    @property
    def against_pace(self) -> str:
        return words.against_pace(self.objective.progress, self.calendar.expected)


def objective_page(
    objective: Objective, person: Person, calendar: Calendar, *, all_changes: bool = False
) -> ObjectivePage:
    """Everything below and above the objective that the person may see."""
    rows = rows_of(KeyResult.objects.filter(objective=objective), person, calendar)
    kin = kin_of(objective, person)
    aligned = list(with_signs(visible_children(objective, person), person).order_by("id"))
    return ObjectivePage(
        objective=objective,
        calendar=calendar,
        rows=rows,
        aligned=aligned,
        explanation=explain(objective, rows, aligned),
        check_ins=list(latest_check_ins(row.key_result for row in rows)),
        can_edit=may_edit(person, objective),
        ending=ending_of(objective, kin, person),
        kin=kin,
        changes=changes_of(objective, person, whole=all_changes),
    )


def visible_children(objective: Objective, person: Person) -> ObjectiveQuerySet:
    return Objective.objects.visible_to(person).filter(parent=objective)


def latest_check_ins(key_results: Iterable[KeyResult]) -> "QuerySet[CheckIn]":
    said = CheckIn.objects.standing().filter(key_result__in=[each.pk for each in key_results])
    return said.select_related("by", "key_result", "measurement")[:LATEST]
