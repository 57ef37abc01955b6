"""Tells webhooks what happened, in the transaction in which it does."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from okr.models.happens import Happens
from okr.models.place import is_a, thing_of
from okr.models.policy import open_to_all
from okr.models.told import Told, number, parts, person

if TYPE_CHECKING:
    from okr.models.person import Person
    from okr.models.webhook import Webhook

PLACE = ("owner", "objective__cycle", "objective__unit", "objective__owner")
WITH = {
    "Objective": ("cycle", "unit", "owner"),
    "KeyResult": PLACE,
    "Person": ("unit",),
    "Unit": ("parent", "lead"),
}
"""What is told beside a row, for those that are told of many at once."""


def happened(
    kind: str, about: Any, *, by: "Person | None" = None, at: datetime | None = None
) -> None:
    """`about` is an objective, a key result, what is said on one, a cycle, a unit or a person.
    Where no webhook listens, nothing is written."""
    happened_to_each(kind, [about], by=by, at=at)


def happened_to_each(
    kind: str,
    rows: Sequence[Any],
    *,
    by: "Person | None" = None,
    at: datetime | None = None,
    besides: Mapping[int, Told] | None = None,
) -> None:
    """A few statements for any number of rows of one kind; `besides`, by their numbers, is what is
    told of them beside how they stand."""
    hooks = _table("Webhook").listening(kind) if rows else []
    if not hooks:
        return
    moment = at or timezone.now()
    heard = [(row, some) for row, some in _listeners(_as_stored(rows), hooks) if some]
    more, who = besides or {}, person(by) if by else None
    made = _table("Happening").bulk_create(
        apps.get_model("okr", "Happening")(
            kind=kind, at=moment, body={"by": who, **more.get(row.pk, {}), **parts(row)}
        )
        for row, _ in heard
    )
    told = zip(made, (some for _, some in heard), strict=True)
    _table("Delivery").plan([(hook, each) for each, some in told for hook in some], moment)


def numbers_moved(
    rows: Iterable[Any],
    before: Mapping[int, Decimal | None],
    *,
    source: str = "",
    by: "Person | None" = None,
    at: datetime,
) -> None:
    """Those key results whose progress is another than before, however many were measured."""
    moved = [row for row in rows if row.progress != before[row.pk]]
    besides: dict[int, Told] = {
        row.pk: {"moved": {"source": source or None, "progress_before": number(before[row.pk])}}
        for row in moved
    }
    happened_to_each(Happens.KEY_RESULT_MEASURED, moved, by=by, at=at, besides=besides)


def _as_stored(rows: Sequence[Any]) -> list[Any]:
    """With the numbers that the verb has carried upward."""
    model = type(rows[0])
    stored: Any = model._default_manager.select_related(*WITH.get(model.__name__, ()))
    found = stored.in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows]


def _listeners(
    rows: Sequence[Any], hooks: "Sequence[Webhook]"
) -> "list[tuple[Any, Sequence[Webhook]]]":
    """Of what not everybody here may see only those hear that an admin allowed it."""
    trusted = [hook for hook in hooks if hook.tells_hidden]
    places = [_objective_of(row) for row in rows]
    wanted = {pk for pk in places if pk}
    rows_open = _table("Objective").filter(open_to_all(), pk__in=wanted) if wanted else ()
    seen = {None, *(each.pk for each in rows_open)}
    return [
        (row, hooks if place in seen else trusted) for row, place in zip(rows, places, strict=True)
    ]


def _objective_of(about: Any) -> int | None:
    thing: Any = thing_of(about)
    if thing is None or is_a("Objective", thing):
        return thing and int(thing.pk)
    return int(thing.objective_id)


def _table(noun: str) -> Any:
    """Asked for by name: what is told of knows this module, and webhooks know people."""
    return apps.get_model("okr", noun)._default_manager
