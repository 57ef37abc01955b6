"""The way of a file on the pages: planned and shown, then done once, as it was shown."""

from datetime import datetime
from functools import partial

from okr.as_code.plan import MOST_AT_ONCE, ChangedError, Order, Plan, apply, plan
from okr.as_code.shown import shown
from okr.models import FilePlan, Person


def take_in(order: Order, name: str, text: str) -> FilePlan:
    """Raises FaultyError."""
    filed = FilePlan(
        by=order.by,
        file_name=name,
        text=text,
        removing=order.removing,
        made_at=order.at,
    )
    _record(filed, plan(order))
    return filed


def confirm(filed: FilePlan, digest: str, at: datetime) -> bool:
    """Does the plan `digest`, once; False where it would do something else by now.

    Then that is recorded instead, to be looked at. Raises FaultyError.
    """
    if filed.done_at:
        return True
    order = order_of(filed, at)
    try:
        apply(order, digest or "none", partial(filed.finish, at))
    except ChangedError:
        filed.refresh_from_db()
        if filed.done_at is None:
            _record(filed, plan(order))
        return filed.done_at is not None
    return True


def ordered(content: bytes, by: Person, at: datetime, *, removing: bool) -> Order:
    """With everything that the person may do on a page."""
    return Order(content, by, at, by.is_okr_admin, removing, MOST_AT_ONCE)


def order_of(filed: FilePlan, at: datetime) -> Order:
    return ordered(filed.text.encode(), filed.by, at, removing=filed.removing)


def _record(filed: FilePlan, made: Plan) -> None:
    filed.record(made.digest, shown(made), made.left)
