"""Gives what somebody owns in open cycles to a new owner, and puts that into its history."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from okr.models.change import Change, about_of
from okr.models.person import Person


def hand_over(person: Person, heir: Person, *, by: Person, at: datetime) -> None:
    """A few statements for any number; a form that is open on one of them is stale afterwards."""
    for owned in (person.open_objectives, person.open_key_results):
        _give(owned, person, heir, by=by, at=at)


def _give(owned: QuerySet[Any], person: Person, heir: Person, **who: Any) -> None:
    rows = list(owned.order_by("pk").select_for_update(of=("self",), no_key=True))
    named = {"field": "owner", "before": str(person), "after": str(heir), **who}
    Change.objects.bulk_create(Change(**about_of(row), **named) for row in rows)
    same: Any = owned.model._default_manager.filter(pk__in=[row.pk for row in rows])
    same.update(owner=heir, version=F("version") + 1)
