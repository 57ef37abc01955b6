"""Which rows a directory asks for: what it looks a user up by is asked of the database."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from scim2_models import SearchRequest
from scim2_models.path import CompareOperator, Comparison

from okr.scim.shapes import MOST, USUAL

LATEST = 2**31
"""No list is so long that it has a row at this place."""
Told = Callable[[Any], Any]
Narrow = Callable[[str], Q]


def by_number(text: str) -> Q:
    return Q(pk=int(text)) if text.isdecimal() and len(text) < len(str(2**63)) else Q(pk=None)


def by_external_id(text: str) -> Q:
    return Q(directory_entry__external_id=text) if text else Q(pk=None)


def _by_user_name(text: str) -> Q:
    plain = Q(directory_entry=None) | Q(directory_entry__user_name="")
    return Q(directory_entry__user_name__iexact=text) | plain & Q(email__iexact=text)


COMMON: dict[str, Narrow] = {"id": by_number, "externalid": by_external_id}
OF_USERS = COMMON | {
    "username": _by_user_name,
    "emails.value": lambda text: Q(email__iexact=text),
    "displayname": lambda text: Q(name__iexact=text),
}
OF_GROUPS = COMMON | {"displayname": lambda text: Q(name__iexact=text)}


def page_of(
    rows: QuerySet[Any], asked: SearchRequest[Any], narrows: dict[str, Narrow], told: Told
) -> tuple[int, int, Sequence[Any]]:
    """How many there are, the place of the first that is told, and those told."""
    start = min(asked.start_index or 1, LATEST) - 1
    count = min(max(USUAL if asked.count is None else asked.count, 0), MOST)
    narrowed = _narrowed(rows, asked, narrows)
    if narrowed is not None and not asked.sort_by:
        return narrowed.count(), start + 1, [told(row) for row in narrowed[start : start + count]]
    found = [told(row) for row in (rows if narrowed is None else narrowed)]
    if narrowed is None and asked.filter:
        found = [each for each in found if asked.filter.match(each)]
    if asked.sort_by:
        found = asked.sort(found)
    return len(found), start + 1, found[start : start + count]


def _narrowed(
    rows: QuerySet[Any], asked: SearchRequest[Any], narrows: dict[str, Narrow]
) -> QuerySet[Any] | None:
    """None where each row has to be looked at."""
    if not asked.filter:
        return rows
    match asked.filter.ast:
        case Comparison(attr_path=path, op=CompareOperator.eq, value=str(text)):
            narrow = narrows.get(str(path).casefold())
            return _by(rows, narrow, text) if narrow else None
    return None


def _by(rows: QuerySet[Any], narrow: Narrow, text: str) -> QuerySet[Any]:
    """What no database can hold is nobody's."""
    storable = "\0" not in text and text == text.encode(errors="replace").decode()
    return rows.filter(narrow(text)) if storable else rows.none()
