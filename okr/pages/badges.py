"""The small numbers in the navigation: what waits for a person on the pages behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from okr.models import Notification, Person
from okr.models.approval import waiting_for
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
    waiting: dict[str, QuerySet[Any]] = {
        "check_ins": due(person, now),
        "unread": Notification.objects.shown_to(person).unread(),
    }
    if person.policy.approval_on:
        waiting["approvals"] = waiting_for(person)
    counted = Person.objects.filter(pk=person.pk).values_list(*map(_number, waiting.values()))
    return Badges(**dict(zip(waiting, counted.get(), strict=True)))


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
