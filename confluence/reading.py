"""Keeps what is known of attached pages fresh: plan → fetch → record, a hundred at a time.

One worker at a time holds the lease of the connection; who lost it records nothing more. What is
asked of Confluence is asked outside of any transaction.

To a token that has ended Confluence answers as to nobody, for whom most pages are not there: before
a page counts as missing it is proven once more who asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.utils import timezone

from atlassian.client import AtlassianError, NotFound
from confluence.alarm import tell_of_lost
from confluence.client import ConfluenceClient, Page, PageForbidden
from confluence.models import Absence, ConfluenceConnection, ConfluencePage, PagesRead
from confluence.models.page import READ_EVERY

BATCH = 100


class OvertakenError(Exception):
    """The lease went to another worker, or an admin connected anew."""


@dataclass(slots=True)
class Fetched:
    """What came of one batch: pages as they are, and why others could not be read."""

    pages: list[Page] = field(default_factory=list)
    absent: dict[Absence, list[int]] = field(default_factory=dict)


def read(connection_id: int, by_id: int | None = None) -> PagesRead | None:
    """None where another worker reads, or there is nothing to read through."""
    with _lease(connection_id, timezone.now()) as lease_number:
        connection = ConfluenceConnection.objects.filter(pk=connection_id, suspended=False).first()
        if lease_number is None or connection is None:
            return None
        made = PagesRead.objects.create(connection=connection, by_id=by_id, began_at=timezone.now())
        try:
            _read_all(connection, lease_number, made)
        except OvertakenError:
            made.overtake(timezone.now())
        except AtlassianError as error:
            _note_failure(connection, lease_number, made, error)
        else:
            _note_success(connection, lease_number, made)
        return made


def _read_all(connection: ConfluenceConnection, lease_number: int, made: PagesRead) -> None:
    with connection.client() as client:
        client.myself()
        for planned in _plan(connection):
            _hold(connection, lease_number)
            fetched = _fetch(client, planned)
            _hold(connection, lease_number)
            _record(connection, fetched, made)


def _plan(connection: ConfluenceConnection) -> Iterator[dict[int, str]]:
    """Numbers of attached pages, each with what keeps it from being read as far as is known."""
    after = 0
    while True:
        rows = connection.pages.attached().filter(pk__gt=after).order_by("pk")
        batch = list(rows.values_list("pk", "number", "absence")[:BATCH])
        if not batch:
            return
        after = batch[-1][0]
        yield {number: absence for _, number, absence in batch}


def _fetch(client: ConfluenceClient, planned: dict[int, str]) -> Fetched:
    """Of a page that is missing for the first time it is asked why; later it is known."""
    fetched = Fetched(client.pages(list(planned)))
    present = {page.id for page in fetched.pages}
    for number in planned.keys() - present:
        if planned[number]:
            continue
        found = _ask_why(client, number)
        if isinstance(found, Page):
            fetched.pages.append(found)
        else:
            fetched.absent.setdefault(found, []).append(number)
    if fetched.absent:
        client.myself()
    return fetched


def _ask_why(client: ConfluenceClient, number: int) -> Page | Absence:
    try:
        page = client.page(number)
    except NotFound:
        return Absence.GONE
    except PageForbidden:
        return Absence.FORBIDDEN
    return Absence.GONE if page.in_trash else page


def _record(connection: ConfluenceConnection, fetched: Fetched, made: PagesRead) -> None:
    now, pages = timezone.now(), ConfluencePage.objects.filter(connection=connection)
    missing = list(chain.from_iterable(fetched.absent.values()))
    with transaction.atomic():
        changed = pages.renew(fetched.pages, now)
        lost = sum(pages.lose(numbers, why, now) for why, numbers in fetched.absent.items())
        tell_of_lost(connection, missing, now)
    made.count(pages=len(fetched.pages) + len(missing), changed=changed, lost=lost)


def _hold(connection: ConfluenceConnection, lease_number: int) -> None:
    if not ConfluenceConnection.objects.renew(connection.pk, lease_number, timezone.now()):
        raise OvertakenError


def _note_failure(
    connection: ConfluenceConnection, lease_number: int, made: PagesRead, error: AtlassianError
) -> None:
    """What was refused to credentials of before says nothing about those of now."""
    now = timezone.now()
    if ConfluenceConnection.objects.renew(connection.pk, lease_number, now):
        connection.failed(error, now)
    made.end(now, error)


def _note_success(connection: ConfluenceConnection, lease_number: int, made: PagesRead) -> None:
    now = timezone.now()
    if ConfluenceConnection.objects.renew(connection.pk, lease_number, now):
        connection.succeeded(now, now + READ_EVERY, complete=True)
    made.end(now)


@contextmanager
def _lease(connection_id: int, now: datetime) -> Iterator[int | None]:
    number = ConfluenceConnection.objects.claim(connection_id, now)
    try:
        yield number
    finally:
        if number is not None:
            ConfluenceConnection.objects.release(connection_id, number)
