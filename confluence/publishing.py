"""Publishes what a unit or the company wants or did as one page of Confluence, and that page anew.

A page is written on top of the version that we wrote last, or of one that a person has seen and
chose to replace; Confluence itself refuses every other. Of a try whose answer was lost, the mark in
the body of the version that it was to become tells whether it was saved.
"""

from copy import copy
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from atlassian.client import NotFound
from confluence.client import (
    NewPage,
    PageForbidden,
    PageNotSaved,
    Publisher,
    Revision,
    Space,
    VersionConflict,
    Written,
)
from confluence.contents import document_of
from confluence.explain import WORDS
from confluence.models import MARK, ConfluenceConnection, PublishedPage, PublishingSpace
from confluence.refusals import (
    ChangedError,
    Conflict,
    GoneError,
    NotPublishedError,
    UnknownError,
)
from confluence.storage import written
from confluence.tries import one_at_a_time, remembered
from okr.audit import noted
from okr.documents import fingerprint
from okr.models import Person

MESSAGE = "Published from {product} by {name}"
FIRST = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a page of something is to be made, and what it is to be called. `instead` is the number
    of the page that the person knows of; None for none."""

    space: Space
    title: str
    instead: int | None = None


def publish(row: PublishedPage, connection: ConfluenceConnection, wish: Wish, by: Person) -> None:
    """Makes a page of what has none, or another one. Raises NotPublishedError."""
    with one_at_a_time(row, connection) as client:
        if row.number != wish.instead:
            raise NotPublishedError(WORDS.explain("published_meanwhile", {}))
        if found := _left_behind(client, row, connection):
            row.found(found, FIRST)
            _write_over(client, row, by)
            return
        if client.titled(wish.space, wish.title):
            taken = WORDS.explain("title_taken", {"title": wish.title})
            raise NotPublishedError(taken, "title")
        _make(client, row, connection, wish, by)


def bring_up_to_date(row: PublishedPage, by: Person, over: int = 0) -> None:
    """Writes the page anew. `over` is the version that the person has seen and chose to replace.

    Raises NotPublishedError; ChangedError where somebody else saved the page meanwhile.
    """
    with one_at_a_time(row, row.connection) as client:
        _write_over(client, row, by, over)


def _left_behind(
    client: Publisher, row: PublishedPage, connection: ConfluenceConnection
) -> Written | None:
    """The page that an earlier try made, if its answer was lost."""
    if not row.is_doubtful or row.number or row.connection_id != connection.pk:
        return None
    found = client.titled(row.space, row.title)
    return found if found and row.mark in found.body else None


def _make(
    client: Publisher,
    row: PublishedPage,
    connection: ConfluenceConnection,
    wish: Wish,
    by: Person,
) -> None:
    """The page that there was before is let go only where another may be there."""
    before = copy(row)
    row.place(connection, wish.space, wish.title)
    now = timezone.now()
    document = document_of(row, by, now)
    body = written(document, row.sending(FIRST))
    try:
        with remembered(row):
            page = client.create(NewPage(row.space, row.title, body))
    except UnknownError:
        raise
    except NotPublishedError:
        row.put_back(before)
        raise
    _keep(row, page, by, fingerprint(document))


def _write_over(client: Publisher, row: PublishedPage, by: Person, over: int = 0) -> None:
    """It keeps the title that it has in Confluence, whoever gave it that."""
    page = _page_of(client, row)
    ours = _is_ours(row, page)
    if not ours and page.version != over:
        raise _changed(client, page)
    message = MESSAGE.format(product=settings.PRODUCT_NAME, name=by.name)
    document = document_of(row, by, timezone.now())
    number = page.version + 1
    body = written(document, row.sending(number))
    try:
        with remembered(row):
            saved = client.replace(page.id, Revision(page.title, body, number, message))
            _require_saved(saved, number, row.mark)
    except VersionConflict:
        raise _changed(client, _page_of(client, row)) from None
    _keep(row, saved, by, fingerprint(document), over=0 if ours else page.version)


def _require_saved(saved: Written, number: int, mark: str) -> None:
    """What went to the trash in between is only taken out of it by our writing, as a new version
    of what it was. An answer may leave the body out."""
    if saved.version != number or (saved.body and mark not in saved.body):
        raise PageNotSaved(detail=f"version {saved.version}, for {number}")


def _page_of(client: Publisher, row: PublishedPage) -> Written:
    """As it stands, in a space that an admin chose."""
    try:
        page = client.to_write(row.number or 0)
    except PageForbidden:
        raise GoneError("page_restricted") from None
    except NotFound:
        raise GoneError("page_gone") from None
    if page.gone:
        raise GoneError("page_deleted")
    space = PublishingSpace.objects.holding(page, row.connection)
    if space is None:
        raise GoneError("page_moved")
    row.stands_in(space.space)
    return page


def _is_ours(row: PublishedPage, page: Written) -> bool:
    """Nobody saved it since we did. What has our number on another site is none of ours."""
    if page.version == row.version:
        return MARK in page.body or page.title == row.title
    return page.version == row.attempted and row.mark in page.body


def _keep(row: PublishedPage, page: Written, by: Person, told: str, over: int = 0) -> None:
    with noted("confluence.published", row, label=page.title, always=True):
        row.written(page, by, timezone.now(), told, over)


def _changed(client: Publisher, page: Written) -> ChangedError:
    return ChangedError(Conflict(page.version, client.editor_of(page), page.edited_at))
