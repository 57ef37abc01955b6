"""Who may attach a page now, and to what."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from confluence.models import ConfluenceConnection, ConfluenceSettings, Evidence
from okr.access import NOT_YOURS, may_edit
from okr.models import CheckIn, KeyResult, Objective, Person

MOST = 50
OFF = "Attaching Confluence pages is turned off. Ask an OKR admin."
FULL = f"{MOST} pages are attached already. Remove one to attach another."


def connection_to_use() -> ConfluenceConnection:
    """For somebody who may edit what a page is attached to. Raises PermissionDenied."""
    connection = ConfluenceConnection.objects.first()
    if connection is None or not ConfluenceSettings.load().enabled:
        raise PermissionDenied(OFF)
    return connection


def attachable(person: Person, key_result: KeyResult, check_ins: Iterable[CheckIn]) -> set[int]:
    """To which of its check-ins a person may attach: to all who may edit the key result; else to
    those that they wrote, while it is open."""
    if may_edit(person, key_result):
        return {each.pk for each in check_ins}
    own = {each.pk for each in check_ins if each.by_id == person.pk}
    is_open = bool(own) and Objective.objects.open().filter(pk=key_result.objective_id).exists()
    return own if is_open else set()


def require_attacher(person: Person, key_result: KeyResult, check_in: CheckIn | None) -> None:
    """Raises PermissionDenied, with the sentence of the core."""
    allowed = attachable(person, key_result, [check_in]) if check_in else None
    if not (allowed or may_edit(person, key_result)):
        raise PermissionDenied(NOT_YOURS)


def is_full(key_result: KeyResult, check_in: CheckIn | None) -> bool:
    there = Evidence.objects.filter(key_result=key_result, check_in=check_in)
    return there.count() >= MOST
