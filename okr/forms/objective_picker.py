"""An objective out of any number: by its title, or by the address or number of its page."""

import re
from typing import Any

from django.db.models import Q, QuerySet

from okr.forms.pickers import PickedField, Picker
from okr.models import Objective, Person
from okr.models.alignment import branch_of
from okr.models.objective import ObjectiveQuerySet

NUMBERED = re.compile(r"(?:\(#|^#|/objectives/)(\d{1,18})[)/]?\s*$")
SEVERAL = "Several objectives are called “{}”. Choose one from the list."


def label_of(objective: Objective) -> str:
    """As it stands in the box: the title for people, the number for us."""
    return f"{objective.title} (#{objective.pk})"


class ObjectivePicker(Picker):
    """Offers what the objective can be put under, or support: see `okr/views/objective_options`."""

    route, listed, included = "okr:objective_options", "Objectives", "#id_cycle"
    placeholder = "Search by title or owner"


class ObjectiveField(PickedField):
    widget = ObjectivePicker
    several, called = SEVERAL, "title"

    def __init__(self, queryset: QuerySet[Objective] | None = None, **kwargs: Any) -> None:
        super().__init__(Objective.objects.none() if queryset is None else queryset, **kwargs)
        self.nobody = str(self.error_messages["invalid_choice"])

    def label_of(self, row: Any) -> str:
        return label_of(row)

    def named(self, text: str) -> QuerySet[Objective]:
        if number := NUMBERED.search(text):
            return self.rows.filter(pk=int(number[1]))
        return self.rows.filter(title__iexact=text)


def alignable(objective: Objective, person: Person, cycle_id: int | None) -> ObjectiveQuerySet:
    """What the person sees in a cycle, without the objective and what is below it."""
    seen = Objective.objects.visible_to(person).filter(cycle=cycle_id)
    return seen.exclude(pk__in=branch_of(objective)).order_by("title", "id")


def possible_parents(objective: Objective, rows: ObjectiveQuerySet) -> ObjectiveQuerySet:
    """Open ones, and what it is under now."""
    return rows.filter(Q(closure=None) | Q(pk=objective.parent_id))


def possibly_supported(objective: Objective, rows: ObjectiveQuerySet) -> ObjectiveQuerySet:
    """Open ones, and what it supports now."""
    chosen = objective.supports.values("pk") if objective.pk else []
    return rows.filter(Q(closure=None) | Q(pk__in=chosen)).exclude(pk=objective.pk)
