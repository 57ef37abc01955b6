"""The objectives of a cycle as a flat list that can be sorted and paged."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, When
from django.db.models.expressions import OrderBy

from okr.models import Cycle, Objective, Person
from okr.pages.company import in_cycle
from okr.pages.filters import Filters
from okr.pages.rows import WORST_FIRST

ROWS_A_PAGE = 25
COLUMNS = {
    "title": "Objective",
    "owner": "Owner",
    "confidence": "Confidence",
    "progress": "Progress",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that sorts; `next` is what a press on it asks for."""

    label: str
    direction: str
    next: str


def list_page(
    person: Person, cycle: Cycle, filters: Filters, sort: str, number: str | None
) -> "Page[Objective]":
    """One page of the objectives; `sort` is a column, with a minus for downward."""
    rows = filters.apply(in_cycle(person, cycle)).order_by(*ordering(sort), "id")
    return Paginator(rows, ROWS_A_PAGE).get_page(number)


def columns(sort: str) -> list[Column]:
    return [column(name, label, sort) for name, label in COLUMNS.items()]


def column(name: str, label: str, sort: str) -> Column:
    if sort == name:
        return Column(label, "ascending", f"-{name}")
    return Column(label, "descending" if sort == f"-{name}" else "", name)


def ordering(sort: str) -> list[OrderBy]:
    column = sort.removeprefix("-")
    by: dict[str, F | Case] = {
        "title": F("title"),
        "owner": F("owner__name"),
        "progress": F("progress"),
        "confidence": _worst(),
    }
    return [OrderBy(by.get(column, F("title")), descending=sort.startswith("-"), nulls_last=True)]


def _worst() -> Case:
    """Off track first; what nobody has judged last."""
    whens = (When(confidence=level, then=rank) for rank, level in enumerate(WORST_FIRST))
    return Case(*whens, default=len(WORST_FIRST), output_field=IntegerField())
