"""A page of a list, read in one query together with how many rows there are in all."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, QuerySet, Window

M = TypeVar("M", bound=Model)


def page_of(rows: QuerySet[M], a_page: int, number: str | None) -> "Page[M]":
    """The page of that number; the last one beyond it, and the first where it is none."""
    paginator = Paginator(rows, a_page)
    wanted = int(number) if number and number.isdecimal() and len(number) < 9 else 1
    start = (max(wanted, 1) - 1) * a_page
    found = list(rows.annotate(of_all=Window(Count("*")))[start : start + a_page])
    if not found and start:
        return paginator.get_page(number)
    vars(paginator)["count"] = vars(found[0])["of_all"] if found else 0
    return Page(found, max(wanted, 1), paginator)
