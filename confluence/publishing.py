"""Publishes what a unit wants or did as one page of Confluence, and brings that page up to date.

A page is written on top of the version that we wrote last, or of one that a person has seen and
chose to replace; Confluence itself refuses every other. Of a try whose answer was lost, the mark in
the body tells whether it was saved.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from atlassian.client import (
    AnonymousAnswer,
    AtlassianError,
    Forbidden,
    MissingScope,
    NotFound,
    QueryRefused,
    RateLimited,
    WrongCredentials,
)
from atlassian.explain import Explanation
from confluence.client import (
    NewPage,
    PageForbidden,
    Publisher,
    Revision,
    Space,
    VersionConflict,
    Written,
    publisher_for,
)
from confluence.explain import WORDS
from confluence.models import ConfluenceConnection, PublishedPage, Subject
from confluence.refusals import (
    BusyError,
    ChangedError,
    Conflict,
    GoneError,
    NotPublishedError,
    UnknownError,
    in_words,
)
from confluence.storage import written
from okr.documents import Contents, Document, unit_okrs, unit_review
from okr.models import Person
from okr.outgoing import Patience

PERSON_WAITS = Patience(connect=10.0, total=20.0)
REFUSED_OUTRIGHT = (
    *(QueryRefused, Forbidden, PageForbidden, NotFound, WrongCredentials, RateLimited),
)
"""Answers after which nothing was saved for certain."""
MESSAGE = "Published from {product} by {name}"


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a page of something is to be made, and what it is to be called."""

    space: Space
    title: str


def document_of(row: PublishedPage, by: Person, now: datetime) -> Document:
    if row.subject == Subject.OKRS:
        return unit_okrs(row.unit, row.cycle, by, now)
    contents = Contents(reviews=row.with_reviews, notes=row.with_notes)
    return unit_review(row.unit, row.cycle, by, now, contents)


def publish(row: PublishedPage, connection: ConfluenceConnection, wish: Wish, by: Person) -> None:
    """Makes the page of a row that has none. Raises NotPublishedError."""
    with _writing(row, connection) as client:
        if found := _left_behind(client, row, connection):
            row.written(found, by, timezone.now())
            _replace(client, row, found, by)
            return
        if client.titled(wish.space, wish.title):
            taken = WORDS.explain("title_taken", {"title": wish.title})
            raise NotPublishedError(taken, "title")
        row.place(connection, wish.space, wish.title)
        _create(client, row, by)


def bring_up_to_date(row: PublishedPage, by: Person, over: int = 0) -> None:
    """Writes the page anew. `over` is the version that the person has seen and chose to replace.

    Raises NotPublishedError; ChangedError where somebody else saved the page meanwhile.
    """
    with _writing(row, row.connection) as client:
        page = _page_of(client, row.number or 0)
        if page.version != over and not _is_ours(row, page):
            raise _changed(client, page)
        _replace(client, row, page, by)


def what_is_missing(connection: ConfluenceConnection) -> Explanation | None:
    """The scope without which nothing can be written. What the account may do, it may do in one
    space and not in another, so that Confluence tells it when something is published."""
    if not connection.is_scoped:
        return None
    try:
        with publisher_of(connection) as client, suppress(QueryRefused, Forbidden, NotFound):
            _prove_identity(client, connection)
            client.may_write()
    except MissingScope as error:
        return in_words(error)
    except AtlassianError as error:
        return WORDS.explain_to_asker(error)
    return None


def spaces_of(connection: ConfluenceConnection) -> list[Space]:
    """Raises an AtlassianError."""
    with publisher_of(connection) as client:
        _prove_identity(client, connection)
        return client.spaces()


def publisher_of(connection: ConfluenceConnection) -> Publisher:
    """Raises SealError where the token belongs to another address."""
    driver = publisher_for(cloud=connection.is_cloud)
    policy, credentials = policy_from_settings(), connection.credentials()
    return driver(connection.site, credentials, policy, connection.api_base, patience=PERSON_WAITS)


@contextmanager
def _writing(row: PublishedPage, connection: ConfluenceConnection) -> Iterator[Publisher]:
    """For one press at a time; whatever Confluence answers is told in words."""
    if not row.claim():
        raise BusyError
    try:
        with publisher_of(connection) as client:
            _prove_identity(client, connection)
            yield client
    except AtlassianError as error:
        raise NotPublishedError(WORDS.explain_to_asker(error)) from None
    finally:
        row.release()


def _prove_identity(client: Publisher, connection: ConfluenceConnection) -> None:
    if client.myself().id != connection.account_id:
        raise AnonymousAnswer(host=connection.host, email=connection.email)


def _left_behind(
    client: Publisher, row: PublishedPage, connection: ConfluenceConnection
) -> Written | None:
    """The page that an earlier try made, if its answer was lost."""
    if not row.is_doubtful or row.number or row.connection_id != connection.pk:
        return None
    found = client.titled(row.space, row.title)
    return found if found and row.mark in found.body else None


def _page_of(client: Publisher, number: int) -> Written:
    try:
        page = client.to_write(number)
    except (NotFound, PageForbidden):
        raise GoneError from None
    if page.gone:
        raise GoneError
    return page


def _is_ours(row: PublishedPage, page: Written) -> bool:
    """Nobody saved it since we did."""
    return page.version == row.version or (row.is_doubtful and row.mark in page.body)


def _create(client: Publisher, row: PublishedPage, by: Person) -> None:
    now = timezone.now()
    body = written(document_of(row, by, now), row.sending())
    with _told(row):
        page = client.create(NewPage(row.space, row.title, body))
    row.written(page, by, now)


def _replace(client: Publisher, row: PublishedPage, page: Written, by: Person) -> None:
    """It keeps the title that it has in Confluence, whoever gave it that."""
    now = timezone.now()
    message = MESSAGE.format(product=settings.PRODUCT_NAME, name=by.name)
    body = written(document_of(row, by, now), row.sending())
    revision = Revision(page.title, body, page.version + 1, message)
    try:
        with _told(row):
            saved = client.replace(page.id, revision)
    except VersionConflict:
        raise _changed(client, _page_of(client, page.id)) from None
    row.written(saved, by, now)


@contextmanager
def _told(row: PublishedPage) -> Iterator[None]:
    """Keeps what became of a try, until the next one."""
    try:
        yield
    except VersionConflict as error:
        row.refused(error, doubtful=False)
        raise
    except REFUSED_OUTRIGHT as error:
        row.refused(error, doubtful=False)
        raise NotPublishedError(in_words(error)) from None
    except AtlassianError as error:
        row.refused(error, doubtful=True)
        raise UnknownError(WORDS.explain("publish_unknown", {})) from None


def _changed(client: Publisher, page: Written) -> ChangedError:
    return ChangedError(Conflict(page.version, client.editor_of(page), page.edited_at))
