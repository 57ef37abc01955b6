"""The small numbers in the navigation: what waits for a person on the pages behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from okr.models import Notification, Person
from okr.models.approval import approval_on, waiting_for
from okr.pages.check_in_queue import due


@dataclass(frozen=True, slots=True)
class Badges:
    """`approvals` is None where the company does not approve objectives."""

    check_ins: int = 0
    approvals: int | None = None
    unread: int = 0


def badges_of(person: Person, now: datetime) -> Badges:
    """In one query a request, however many parts of a page ask."""
    known: Badges | None = getattr(person, "badges_seen", None)
    if known is None:
        known = person.badges_seen = _badges(person, now)  # type: ignore[attr-defined]
    return known


def _badges(person: Person, now: datetime) -> Badges:
    check_ins, approves, approvals, unread = (
        Person.objects.filter(pk=person.pk)
        .values_list(
            _number(due(person, now)),
            Exists(approval_on()),
            _number(waiting_for(person)),
            _number(Notification.objects.shown_to(person).unread()),
        )
        .get()
    )
    return Badges(check_ins, approvals if approves else None, unread)


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
