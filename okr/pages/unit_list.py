"""The tree of units as OKR admins keep it."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from okr.models import Person
from okr.pages.units import Place, UnitTree, with_leads

A_PAGE = 50
Row = tuple[Place, int]


def unit_page(number: str | None) -> "Page[Row]":
    """One page of the tree from the top down."""
    page: Page[Any] = Paginator(UnitTree().places(), A_PAGE).get_page(number)
    page.object_list = unit_rows(list(page))
    return page


def unit_rows(places: Sequence[Place]) -> list[Row]:
    """Each unit where it stands, and how many people belong to it; two statements."""
    units = [place.unit.pk for place in places]
    here = Person.objects.active().filter(unit__in=units).order_by()
    staff = dict(here.values_list("unit").annotate(Count("pk")))
    return [(place, staff.get(place.unit.pk, 0)) for place in with_leads(places)]
