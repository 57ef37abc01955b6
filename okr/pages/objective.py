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
from okr.pages.rows import Row, lowest, rows_of

LATEST = 5


@dataclass(frozen=True, slots=True)
class Links:
    assigned_from: KeyResult | None
    supports: list[Objective]
    supported_by: list[Objective]


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    objective: Objective
    calendar: Calendar
    above: list[Objective]
    rows: list[Row]
    aligned: list[Objective]
    explanation: Explanation
    check_ins: list[CheckIn]
    can_edit: bool
    ending: Ending
    links: Links
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
    aligned = list(with_signs(visible_children(objective, person), person).order_by("id"))
    return ObjectivePage(
        objective=objective,
        calendar=calendar,
        above=path_above(objective, person),
        rows=rows,
        aligned=aligned,
        explanation=explain(objective, rows, aligned),
        check_ins=list(latest_check_ins(row.key_result for row in rows)),
        can_edit=may_edit(person, objective),
        ending=ending_of(objective, person),
        links=links_of(objective, person),
        changes=changes_of(objective, person, whole=all_changes),
    )


def links_of(objective: Objective, person: Person) -> Links:
    """What it moves and helps beside what it contributes to, as far as the person sees it."""
    seen, moved = Objective.objects.visible_to(person), objective.assigned_from_id
    key_results = KeyResult.objects.visible_to(person)
    return Links(
        assigned_from=key_results.filter(pk=moved).first() if moved else None,
        supports=list(seen.filter(supported_by=objective).order_by("title", "id")),
        supported_by=list(seen.filter(supports=objective).order_by("title", "id")),
    )


def visible_children(objective: Objective, person: Person) -> ObjectiveQuerySet:
    return Objective.objects.visible_to(person).filter(parent=objective)


def path_above(objective: Objective, person: Person) -> list[Objective]:
    """What the objective contributes to, the top first; without what the person may not see."""
    above = objective.path()[:0:-1]
    if not above:
        return []
    visible = Objective.objects.visible_to(person).filter(pk__in=[each.pk for each in above])
    seen = set(visible.values_list("pk", flat=True))
    return [each for each in above if each.pk in seen]


def latest_check_ins(key_results: Iterable[KeyResult]) -> "QuerySet[CheckIn]":
    said = CheckIn.objects.standing().filter(key_result__in=[each.pk for each in key_results])
    return said.select_related("by", "key_result", "measurement")[:LATEST]
