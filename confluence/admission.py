"""Who may attach a page now, and to what."""

from django.core.exceptions import PermissionDenied

from confluence.models import ConfluenceConnection, ConfluenceSettings, Evidence
from okr.models import CheckIn, KeyResult

MOST = 50
OFF = "Attaching Confluence pages is turned off. Ask an OKR admin."
FULL = f"{MOST} pages are attached already. Remove one to attach another."


def connection_to_use() -> ConfluenceConnection:
    """For somebody who may edit what a page is attached to. Raises PermissionDenied."""
    connection = ConfluenceConnection.objects.first()
    if connection is None or not ConfluenceSettings.load().enabled:
        raise PermissionDenied(OFF)
    return connection


def is_full(key_result: KeyResult, check_in: CheckIn | None) -> bool:
    there = Evidence.objects.filter(key_result=key_result, check_in=check_in)
    return there.count() >= MOST
