"""One try to publish at a time, and what became of it until the next one."""

from collections.abc import Iterator
from contextlib import contextmanager

from atlassian.client import (
    AtlassianError,
    Forbidden,
    MissingScope,
    NotFound,
    QueryRefused,
    RateLimited,
    WrongCredentials,
)
from confluence.client import PageForbidden, PageTooLarge, Publisher, VersionConflict
from confluence.explain import WORDS
from confluence.models import ConfluenceConnection, PublishedPage
from confluence.refusals import BusyError, NotPublishedError, UnknownError, in_words, is_about_title
from confluence.writing import prove_identity, publisher_of

REFUSED_OUTRIGHT = (
    *(QueryRefused, Forbidden, PageForbidden, NotFound, WrongCredentials, RateLimited),
    *(MissingScope, PageTooLarge),
)
"""Answers after which nothing was saved for certain."""


@contextmanager
def one_at_a_time(row: PublishedPage, connection: ConfluenceConnection) -> Iterator[Publisher]:
    """For one press at a time; whatever Confluence answers is told in words."""
    if not row.claim():
        raise BusyError
    try:
        with publisher_of(connection) as client:
            prove_identity(client, connection)
            yield client
    except AtlassianError as error:
        raise NotPublishedError(WORDS.explain_to_asker(error)) from None
    finally:
        row.release()


@contextmanager
def remembered(row: PublishedPage) -> Iterator[None]:
    """Keeps what became of a try, until the next one."""
    try:
        yield
    except VersionConflict as error:
        row.refused(error, doubtful=False)
        raise
    except REFUSED_OUTRIGHT as error:
        row.refused(error, doubtful=False)
        field = "title" if is_about_title(error) else None
        raise NotPublishedError(in_words(error, row.title), field) from None
    except AtlassianError as error:
        row.refused(error, doubtful=True)
        raise UnknownError(WORDS.explain("publish_unknown", {})) from None
