"""What stands in a published page, and what stays out of it."""

from datetime import datetime

from confluence.models import PublishedPage, Subject
from okr.documents import (
    Contents,
    Document,
    company_okrs,
    company_review,
    fingerprint,
    unit_okrs,
    unit_review,
)
from okr.models import Person


def document_of(row: PublishedPage, by: Person, now: datetime) -> Document:
    contents = Contents(reviews=row.with_reviews, notes=row.with_notes)
    unit, cycle = row.unit, row.cycle
    if row.subject == Subject.OKRS:
        return unit_okrs(unit, cycle, by, now) if unit else company_okrs(cycle, by, now)
    if unit:
        return unit_review(unit, cycle, by, now, contents)
    return company_review(cycle, by, now, contents)


def has_changed(row: PublishedPage, by: Person, now: datetime) -> bool:
    """Since the page was written; time alone changes nothing."""
    return fingerprint(document_of(row, by, now)) != row.told
